"""How the service is set up, to be read; and erasing a conversation on request."""
