"""How the embedded encoder is made: folders of text in, a sentence-transformers model out. Never needed to run."""
