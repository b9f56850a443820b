"""Numbers and spans of time, as people and the configuration write them."""

from datetime import timedelta

_UNITS = {"d": 86400, "h": 3600, "m": 60, "s": 1}


def counted(number: int, one: str, more: str) -> str:
    """Return a number and the word for so many."""
    return f"{number:,} {one if number == 1 else more}"


def duration(span: timedelta, *, units: int = len(_UNITS)) -> str:
    """Return a span as the configuration writes it, `1h30m`, in so many of its largest units at most."""
    seconds, parts = round(span.total_seconds()), []
    for unit, size in _UNITS.items():
        number, seconds = divmod(seconds, size)
        parts += [f"{number}{unit}"] if number else []
    return "".join(parts[:units]) or "0s"
