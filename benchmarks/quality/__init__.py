"""How good answers and search are, with intervals: see ../README.md."""
