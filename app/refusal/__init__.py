"""Whether to answer: evidence strength, off-topic detection, and what of a question no quote covers."""
