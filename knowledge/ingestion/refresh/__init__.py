"""Looks again at the addresses that documents rest on, and says what became of them (docs/refresh.md)."""
