"""What an answer looks like in each channel, for the console's preview."""
