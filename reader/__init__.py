"""The small model that reads two texts side by side: does a quote bear a sentence out, does a passage answer."""
