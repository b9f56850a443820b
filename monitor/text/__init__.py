"""Text: what the reader of an entry sees, cut into words and folded; pure."""
