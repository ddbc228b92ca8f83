"""The conversation: Rasa with its channel, and the gateway that stands before it."""
