"""Contacts: whom answers tell officials to call, and whether someone has checked it."""
