"""The accounts: who may enter, in which role."""
