"""Whether a feed gives the whole text of an entry, or the beginning only, to be read on the site."""

import re

from monitor.model.entry import Entry

#: Characters from which on a summary that nothing follows is taken for the whole text.
WHOLE_SUMMARY = 1500
#: Likewise a text that the feed gives beside its summary.
WHOLE_TEXT = 600

#: How far from the end is looked for what says that the text goes on.
_END = 160
#: What sites append to all texts, whole or not: it stands after the words that are looked for.
_FOOTER = re.compile(r"(?:the post|this article|запись|сообщение|допис|запис)\b[^\n]{1,300}\Z", re.IGNORECASE)
_GOES_ON = re.compile(
    r"(?:…|\.\.\.|\[\.\.\.\]|\[…\]|\(…\)|\[&hellip;\])\W{0,5}\Z"
    r"|\b(?:continue reading|keep reading|read (?:more|on|full|the (?:full|whole|rest|original))|full (?:story|article)"
    r"|more here|click here|find out more|learn more|see more|read (?:this )?(?:story|article)"
    r"|читать (?:далее|дальше|полностью|больше|ещ[её])|подробнее|далее|продолжение|полный текст"
    r"|читати (?:далі|повністю|більше)|докладніше|детальніше|далі"
    r"|чытаць (?:далей|цалкам)|weiterlesen|mehr lesen|zum artikel|lire (?:la suite|plus)|en savoir plus"
    r"|leer más|seguir leyendo|czytaj (?:więcej|dalej)|číst (?:dál|více)|devamını oku)\b[^\n]{0,100}\Z",
    re.IGNORECASE,
)


def is_teaser(entry: Entry) -> bool:
    """Whether the page behind an entry can be expected to say more than the feed does."""
    text = max(entry.text, entry.summary, key=len).rstrip()
    if len(text) < (WHOLE_TEXT if entry.text else WHOLE_SUMMARY):
        return True
    end = _FOOTER.sub("", text[-2 * _END :]).rstrip()[-_END:]
    return _GOES_ON.search(end) is not None
