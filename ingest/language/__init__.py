"""What can be read off the words of a text by rule and by list: its language, countries, dates, figures and names."""
