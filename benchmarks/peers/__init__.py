"""Our search beside that of other frameworks, on the same passages and questions: see ../README.md."""
