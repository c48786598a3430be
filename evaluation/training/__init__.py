"""Train the reader: open data in, the weights that ship out. The command is ``whrd-eval train``."""
