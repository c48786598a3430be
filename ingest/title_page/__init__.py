"""What the first pages of a file say of it: title, publisher, symbol, case, date and authors."""
