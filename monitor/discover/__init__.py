"""Finds the feeds of a web site. What a page says of them, and which are best, is decided without asking anyone."""
