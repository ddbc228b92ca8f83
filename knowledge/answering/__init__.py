"""The main flow: from a question to an answer, one step after another."""
