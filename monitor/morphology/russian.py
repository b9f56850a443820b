"""Russian, by the dictionary of OpenCorpora."""

from monitor.morphology.eastslavic import EastSlavic, by_preposition


class Russian(EastSlavic):
    """Russian words."""

    code = "ru"
    statistics = True
    fitting = 0.1
    prepositions = by_preposition(
        {
            "gent": "без безо вдоль ввиду вместо вне внутри возле вокруг вследствие впереди для до из изо кроме меж "
            "мимо накануне напротив насчет насчёт около от ото относительно позади помимо после посреди против "
            "путем путём ради с свыше со среди у",
            "datv": "благодаря вопреки к ко навстречу по согласно",
            "accs": "в во за на о об обо по под подо про сквозь спустя через",
            "ablt": "за между меж над надо перед передо под подо с со",
            "loct": "в во на о об обо по при",
        }
    )
