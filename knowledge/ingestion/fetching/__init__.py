"""Reads addresses on the web politely, and only those that are public."""
