"""Spanish words."""

from monitor.morphology.simple import Simple


class Spanish(Simple):
    """Spanish, by simplemma's dictionary."""

    names_inflect = False

    def __init__(self) -> None:
        super().__init__("es")
