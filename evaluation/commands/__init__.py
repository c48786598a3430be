"""What each command of ``whrd-eval`` does; arguments are parsed in ``evaluation.cli``.

The product's heavy parts are imported by the functions that run it in this process. ``retrieval`` runs it in another,
whose memory would otherwise seem to begin at this one's.
"""
