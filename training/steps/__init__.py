"""One file a step; training/make_model.py holds the list."""
