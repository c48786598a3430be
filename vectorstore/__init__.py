"""The library of documents: the catalogue (SQLite), the vector index (Chroma), and retrieval over both."""
