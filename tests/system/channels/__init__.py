"""The same question in every channel of a running service, and what a person reads there."""
