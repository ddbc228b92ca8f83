"""Refined answers: what advisers wrote and a second person approved, and how it holds against every later change."""
