"""What kind of turn was typed, and replies to turns that are no question to the reports."""
