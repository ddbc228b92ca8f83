"""Durable work: what a channel has acknowledged is done exactly once, over restarts and by several gateways."""
