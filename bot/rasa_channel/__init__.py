"""What is loaded into Rasa (Python 3.10): its one channel, its memory, and the guard that no question is swallowed."""
