"""Vector indexes. FAISS is the embedded one; a distributed one goes behind the same seam (docs/adr/0004)."""
