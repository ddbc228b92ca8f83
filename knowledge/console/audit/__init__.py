"""The audit log on the screen, and the proof of one answer."""
