"""What the chat screen draws: its pages and their parts."""
