"""Documents: what the answers rest on, new files, and what is taken out of use."""
