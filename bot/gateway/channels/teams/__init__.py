"""The Teams channel (docs/teams.md)."""
