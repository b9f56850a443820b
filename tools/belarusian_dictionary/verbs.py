"""Joins verbs: the infinitive and past, the present, participles of the present, forms that stand alone."""

import re
from collections.abc import Collection, Iterable

from tools.belarusian_dictionary.spelling import Entry, unreflexive
from tools.belarusian_dictionary.stems import VOWELS, Words, likest, stems_of_verb

#: Endings as the rules see them.
_OF_VERBS = frozenset(
    "у ю уць юць уся аш яш іш ыш ам ям ім ым аця яця іця ыця а я іць ыць аць яць і ы ь ьця ця й йця "
    "учы ючы ачы ячы ла лі ушы шы".split()
) | {""}
_INFINITIVE = re.compile("[аяіыуео]ць$|[сз]ці$|рці$|чы$")
#: Of words that stand alone these are hardly ever anything else.
_SURE_INFINITIVE = re.compile("([сз]ці|рці|гчы|[аеы]ць)$")
#: What finite verbs end in: in the third person of the plural, and at all.
_THEY = ("уць", "юць", "аць", "яць")
_VERBAL = re.compile(
    "(у|ю|уць|юць|[еаэяіы]ш|[еаэяёоіы]м|[еая]це|[еэа]|[іыая]ць|[іы]|[іыь]це|й|йце|л[аоі]|ў|шы|чы|ь|[бпкгхсзр])$"
)
#: Verbs whose forms are no one else's.
_IRREGULAR_VERBS = (
    "даць дам дасі дасць дадзім дасце дадуць дай дайце,даваць даю даеш дае даём даем даяце даюць даючы,"
    "есці ем ясі есць ядзім ясце ядуць еш ешце,быць ёсць,хацець хачу хочаш хоча хочам хочаце хочуць,"
    "стаяць стаю стаіш стаіць стаім стаіце стой стойце стоячы"
)


def verbs_of(entries: Iterable[Entry], lone: set[str], uninflected: Collection[str]) -> Words:
    """Return verbs with all their forms; what stood alone is no longer among the lone words."""
    verbs, presents, heads = Words(stems_of_verb, _OF_VERBS), [], set()
    for entry in entries:
        heads.add(entry.head)
        if infinitive := _infinitive(entry):
            verbs.forms[infinitive] |= entry.forms
        else:
            presents.append(entry)
    plain = {word: unreflexive(word) if len(word) > 5 else word for word in sorted(lone) if word[0].islower()}
    _find_infinitives(verbs, set(plain.values()) - heads, set(plain.values()))
    unfinished = {verb for verb in verbs.forms if verb.endswith(("даць", "есці"))}  # their presents stand alone
    _join_presents(verbs, presents, unfinished)
    finished = _with_present(verbs) - unfinished
    for word, form in plain.items():
        if form in verbs.forms:
            lone.discard(word)
        elif len(form) > 3 and _VERBAL.search(form) and form not in uninflected and (able := _able(verbs, form)):
            verbs.forms[likest(able - finished or able, form)].add(form)
            lone.discard(word)
    _complete(verbs)
    return verbs


def _infinitive(entry: Entry) -> str:
    if entry.head.endswith(("сці", "зці", "рці", "чы")):
        return entry.head
    past = sorted(form for form in entry.forms if form.endswith("ць") and form[:-2] + "ла" in entry.forms)
    return entry.head if entry.head in past else "".join(past[:1])


def _find_infinitives(verbs: Words, words: set[str], lone: set[str]) -> None:
    """Take in infinitives that stand alone: what has a past, else what is no form of another verb."""
    attested = lone.union(*verbs.forms.values())
    unsure = [word for word in sorted(words) if _INFINITIVE.search(word)]
    for word in unsure:
        if _SURE_INFINITIVE.search(word) or word[:-2] + "ў" in attested:
            verbs.forms[word].add(word)
    verbs.learn(verbs.forms)
    more = [word for word in unsure if word.endswith("нуць") and not verbs.of(word)]
    for word in more:
        verbs.forms[word].add(word)
    verbs.learn(more)


def _join_presents(verbs: Words, presents: Iterable[Entry], unfinished: set[str]) -> None:
    """Give each entry of finite forms to a verb, if it can be to one that has none."""
    finished = _with_present(verbs) | unfinished
    for entry in presents:
        shown = _they(entry.forms - {entry.head}) or [entry.head]
        if able := set.intersection(*(_able(verbs, form) for form in shown)) or verbs.of(entry.head):
            verbs.forms[likest(able - finished or able, entry.head)] |= entry.forms


def _with_present(verbs: Words) -> set[str]:
    return {verb for verb, forms in verbs.forms.items() if _they(forms - {verb})}


def _they(forms: Collection[str]) -> list[str]:
    return [form for form in forms if form.endswith(_THEY)]


def _able(verbs: Words, form: str) -> set[str]:
    """Return the verbs that may have this form; those in -чы keep their г and к before -у."""
    consonantal = form.endswith(("жу", "чу", "жуць", "чуць"))
    return {verb for verb in verbs.of(form) if not (consonantal and verb.endswith("чы"))}


def _complete(verbs: Words) -> None:
    """Mend irregular verbs; add the neuter of the past, and participles."""
    irregular = {verb: set(forms) for verb, *forms in map(str.split, _IRREGULAR_VERBS.split(","))}
    for verb, forms in irregular.items():
        verbs.forms[verb] = verbs.forms[verb].difference(*irregular.values()) | {verb} | forms
    for verb, forms in verbs.forms.items():
        forms |= {form[:-2] + "чы" for form in _they(forms - {verb})}
        for stem in {form[:-2] for form in forms if form.endswith("ла")}:
            forms |= {stem + "ло", stem + ("ўшы" if stem[-1] in VOWELS else "шы")}
