"""Who gets into the console, and what each of them may do there."""
