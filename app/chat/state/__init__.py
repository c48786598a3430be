"""What the chat screen knows between two runs: the application, the window and the address."""
