"""The front page: what needs attention today, and how the last weeks went."""
