"""Knowledge: composes the answer; owns documents, passages, contacts, the index and what was said."""
