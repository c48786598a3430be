"""Follow-up questions made to stand alone, by rule or by a chat model."""
