"""The language model that embedding and reading share: its weights, its vocabulary, how it is run without torch."""
