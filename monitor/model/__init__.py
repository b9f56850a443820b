"""Frozen data, one definition each; no behaviour beyond what the data itself says."""
