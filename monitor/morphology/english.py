"""English words."""

from monitor.morphology.simple import Simple


class English(Simple):
    """English, by simplemma's dictionary."""

    def __init__(self) -> None:
        super().__init__("en")
