"""The action server: what Rasa asks for, each action one file, each one call to knowledge."""
