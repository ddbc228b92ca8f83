"""Pure text detectors: danger, personal data, language, conduct, children. Importing has no effect."""
