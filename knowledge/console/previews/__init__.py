"""How an answer looks in each channel, drawn in the console from what the channel itself would send."""
