"""The HTTP edge of knowledge: thin routes over answering, search and the stores."""
