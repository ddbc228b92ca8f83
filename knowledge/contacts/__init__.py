"""Contacts: whom to call, for what and where. A number shown anywhere comes from here."""
