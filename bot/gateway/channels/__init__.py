"""One folder a channel, all alike: channel.py (in) and rendering.py (out)."""
