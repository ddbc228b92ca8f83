"""An answer as every channel shows it: the same parts, in the same order, with the same words."""
