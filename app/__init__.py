"""What a person uses: the assistant, its answerers and checks, the commands and the chat."""
