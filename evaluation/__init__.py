"""Measure the product on evaluation sets. Nothing of the product imports this folder."""
