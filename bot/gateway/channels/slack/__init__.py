"""Slack: questions in direct messages, channels, by command and about a message; answers as Block Kit."""
