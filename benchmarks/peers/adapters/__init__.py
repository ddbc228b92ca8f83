"""One file a peer, run by protocol.py in the peer's own environment."""
