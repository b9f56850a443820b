"""French words."""

from monitor.morphology.simple import Simple


class French(Simple):
    """French, by simplemma's dictionary."""

    names_inflect = False

    def __init__(self) -> None:
        super().__init__("fr")
