"""The steps of an answer, a file each, named in answer.STEPS in the order in which they run."""
