"""What it costs, and whether it keeps its word; see `python -m bench --help`."""
