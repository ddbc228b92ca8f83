"""Encoders: the embedded model, any sentence-transformers model, a cross-encoder, and fakes (by_setting.py)."""
