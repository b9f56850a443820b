"""Polish words."""

from monitor.morphology.inflected import Inflected


class Polish(Inflected):
    """Polish, by simplemma's dictionary and rules of declension and conjugation."""

    superlative = "naj"
    table = (
        # Adjectives.
        ("y", "ego", "y a ą e ej emu ych ym ymi"),
        ("y", "ej", "ego"),
        ("i", "iego", "i a ą ie iej iemu ich im imi"),
        ("i", "ego", "i"),
        ("i", "iej", "iego"),
        # Nouns: masculine, feminine, neuter.
        ("-", "em", "- ie e u y ów ami ach om a"),
        ("-", "iem", "- i a u ów ami ach om"),
        ("a", "ę", "y ie ami o"),
        ("ie", "ia", "ie"),
        ("cie", "cia", "cie"),
        ("o", "em", "o u"),
        ("um", "ów", "um"),
        # Verbs.
        ("ć", "ł", "ć"),
        ("ać", "ał", "a ano"),
        ("eć", "ał", "ą"),
        ("ieć", "iał", "ą"),
        ("nąć", "nąć", "ła"),
        ("yć", "ył", "y"),
        ("ić", "ił", "i ono"),
    )

    def __init__(self) -> None:
        super().__init__("pl")
