"""Questions that officials handed over to an adviser, the advisers' answers, and how those reach the official."""
