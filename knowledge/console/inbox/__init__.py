"""The inbox: what waits for staff, judged and dealt with."""
