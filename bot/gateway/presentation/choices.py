"""What an official chooses among, in every channel, in the order in which it is shown. Each has its word in texts/."""

from __future__ import annotations

# Why an answer did not help; knowledge takes these and no others (docs/http-api.md).
REASONS = (
    "outdated",
    "mixed_up",
    "quote_mismatch",
    "missing_source",
    "missing_information",
    "partly_wrong",
    "other",
)
# How an official wants to be reached by an adviser.
WAYS = ("here", "email", "phone")
