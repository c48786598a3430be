"""What a person uses: the assistant, its answerers and checks, the commands and the chat."""

VERSION = "0.1.0"
"""Of the product: exports and evidence packs name it."""
