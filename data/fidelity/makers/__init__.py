"""Makers of the documents of the fidelity set: one module for each way in which people make a file."""
