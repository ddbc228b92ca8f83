"""Advisers' answers on their way to Slack and Teams."""
