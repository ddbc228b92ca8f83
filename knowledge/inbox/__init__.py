"""The inbox: what went wrong or may be wrong, each a matter for staff. Plain values and what is decided about them."""
