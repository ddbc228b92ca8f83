"""Refined answers: written, tried on other questions, approved by a second person, kept with their history."""
