"""What a model from a hub would bring, measured with one that a package of the index carries (../README.md)."""
