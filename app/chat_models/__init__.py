"""Chat models: whose address, with consent, streamed, and what they write read as sentences with quotes."""
