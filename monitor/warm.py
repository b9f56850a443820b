"""What child processes need, loaded once and beside everything else; imports nothing heavy itself."""

from monitor import child

#: Loaded in the fork server that child processes come from.
HEAVY = ("monitor.parse", "monitor.deliver.preload")


def warm() -> None:
    """Begin to load what child processes need, while this process goes on. Call it first: loading takes a second."""
    child.warm(HEAVY)
