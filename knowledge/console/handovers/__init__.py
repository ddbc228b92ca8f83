"""Questions that were handed over: the list, one with its conversation, and the answer to it."""
