"""Finding passages: Swedish tokens, a lexical index, an encoder with a vector index, and their weighted fusion."""
