"""English words."""

from monitor.morphology.simple import Simple


class English(Simple):
    """English, by simplemma's dictionary."""

    names_inflect = False

    def __init__(self) -> None:
        super().__init__("en")
