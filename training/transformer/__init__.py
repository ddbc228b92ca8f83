"""Makes the transformer that looks again at close calls: multilingual-e5-small, fitted to the corpus, in 8 bits.

See training/README.md; the steps stand in __main__.py.
"""
