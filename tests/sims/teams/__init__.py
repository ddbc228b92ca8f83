"""Teams on loopback: the Bot Connector, its signed traffic, what a person sees. Used by tests and `make teams-sim`."""
