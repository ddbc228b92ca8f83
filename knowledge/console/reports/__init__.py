"""Reports: how much is asked, how it ends, about what, and whether it helped. Small counts are never told."""
