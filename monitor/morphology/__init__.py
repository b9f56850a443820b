"""Morphology: which words a written form may be a form of, language by language; pure."""
