"""Chat models: their addresses, consent, streaming, and reading their replies as sentences with quotes."""
