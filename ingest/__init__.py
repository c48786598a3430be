"""From a file to documents, sentences, passages and cases. Knows no store, model, prompt or screen."""
