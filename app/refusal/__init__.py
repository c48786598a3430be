"""Silence rather than a guess: evidence weighed, off-topic questions told, and what no quote covers named."""
