"""Swedish law as data and text: references found and normalised, statutes and their time, what replaced a section."""
