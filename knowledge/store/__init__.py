"""The store (SQL): the truth about documents, passages and what was said."""
