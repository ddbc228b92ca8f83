"""Slack on loopback: its Web API, its signed traffic, and what a person sees. For tests and `make slack-sim`."""
