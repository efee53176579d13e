"""Names that are words of time: June, April, Jan, Mo, Sun … in a place where only a person can stand.

Read before times, because «lunch with June on thursday» names no month. A place is sure (behind «with», in front of a surname
or an address) or only likely («is April free on thursday»): then the rest must name a day of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.entities.aside_words import Aside, Beside, Sway, aside_words
from bot.language.entities.people.lists import PARTICLES, name_lists
from bot.language.entities.people.scripts import names_in_scripts
from bot.language.entities.people.signs import acts_abroad
from bot.language.locales.phrasebook import phrasebook
from bot.language.sketch import vocabulary
from bot.language.triggers import POSSESSIVE, trigger

if TYPE_CHECKING:
    from bot.language.meaning import Reference
    from bot.language.normalise import Utterance

_LONGEST = 6
"""Tokens of a name in front of an address."""
_WITH = frozenset(("with", "w", "mit", "con", "avec", "com", "between", "zwischen", "entre", "tra"))
_JOIN = frozenset(("and", "&", "or", "und", "oder", "y", "e", "o", "et", "ou", "plus", ","))
_ASKED = frozenset(
    (
        *("catch", "grab", "get", "book", "seeing", "calling", "visiting", "sehe", "veo", "vois", "vedo"),
        *("meet", "see", "invite", "ask", "tell", "call", "ping", "move", "reschedule", "cancel", "shift", "push", "postpone"),
        *("keep", "spare"),
        *("remove", "add", "uninvite", "frage", "ruf", "lade", "verschiebe", "verschieb", "treffe", "invita", "cancela"),
        *("sag", "sage", "storniere", "verleg", "verlege", "annule", "déplace", "décale", "mueve", "anula", "drop", "bump"),
    )
)  # fmt: skip
_OF_TIME = frozenset(
    (
        *("of", "in", "early", "late", "mid", "until", "till", "next", "last", "this", "th", "st", "nd", "rd", "since", "from"),
        *("to", "by", "im", "ende", "anfang", "mitte", "bis", "ab", "en", "de", "du", "di", "a", "for", "on", "am", "every"),
    )
)  # fmt: skip
_OF = frozenset(("de", "di", "da", "do", "von", "van"))
_POINTING = frozenset(
    ("celui", "celle", "ceux", "la", "el", "lo", "quella", "quello", "a", "o", "den", "das", "die", "rdv")
)
_LIKELIER = frozenset(("sam", "mo", "jan"))
"""Names that «the one of …» means rather than their day or month."""
_DAYS = frozenset(("mo", "sun"))
_OTHER_DAYS = frozenset(
    (
        *("di", "mi", "do", "fr", "sa", "so", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"),
        *("mon", "tue", "wed", "thu", "fri", "sat", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
    )
)
_TYING = frozenset((",", "und", "and", "u", "&", "+", "/", "-", "bis", "to", "oder", "or"))
_PLACED = frozenset(("schedule", "book", "put", "pencil", "slot", "call", "phone", "ring"))
_ONE = frozenset(("meeting", "call", "appointment", "booking", "intro", "slot", "session"))
"""«cancel april's meeting» is one person's; «april's meetings» are a month's."""
_BEFORE_DAY = frozenset(("on", "at", "this", "next", "tomorrow", "today", "am"))
_DOES = frozenset(
    (
        *("is", "are", "can", "can't", "could", "wants", "said", "has", "have", "will", "would", "asked", "needs"),
        *("joins", "free", "available", "busy", "do", "make", "join", "come", "meet", "cannot", "isn't", "be", "go"),
        *("hat", "kann", "ist", "puede", "peut"),
    )
)
_WHOLE_DAYS = frozenset(
    ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "dimanche", "montag", "freitag", "donnerstag")
)
_BEHIND_NAME = frozenset(
    (
        *(
            "",
            "?",
            "to",
            "and",
            "or",
            ",",
            "auf",
            "ab",
            "at",
            "by",
            "on",
            "from",
            "a",
            "an",
            "one",
            "two",
            "half",
            "back",
            "up",
        ),
        *("out", "forward", "earlier", "later", "but", "not", "except", "instead", "please", "pls", "."),
    )
)
"""What follows a name behind a verb: «push april a week», «cancel april but not lena»."""
_ALL = frozenset(("everything", "all", "everyone", "everybody"))
_DOES_NOT = frozenset(("can't", "cant", "cannot", "won't", "wont", "isn't", "isnt", "couldn't", "didn't", "didnt"))
_ASKED_IN_FRENCH = frozenset(
    (
        *("annule", "annuler", "annulez", "supprime", "vire", "décommande", "enlève", "retire", "zappe", "garde", "laisse"),
        *("décale", "décaler", "décalez", "déplace", "déplacer", "déplacez", "reporte", "reporter", "repousse", "repousser"),
        *("avance", "avancer", "anticipe", "anticiper", "bouge", "bouger", "remets", "passe", "recule", "retarde", "mets"),
        *("invite", "ajoute", "cale", "préviens", "rappelle", "vois", "appelle", "convoque"),
    )
)  # fmt: skip
_SAVE = frozenset(("sauf", "hormis", "excepté", "hors"))
_DOES_IN_FRENCH = frozenset(
    ("peut", "pourra", "doit", "veut", "voudrait", "préfère", "demande", "dit", "est", "a", "c'est", "arrive")
)
_WHO = frozenset(("is", "are", "can", "could", "does", "did", "when's", "will", "would", "has", "do", "and", "or"))


_OWNING = frozenset(("my", "meine", "meiner", "mi", "ma", "mon", "minha", "mijn", "our"))
"""In front of «Frau» and «señora» they make her a wife or any lady."""
_TITLES_OF_WORK = frozenset(("dr", "prof"))
"""«dr friday at 10» is a doctor's visit unless the rest names another day."""
_NO_TITLES = frozenset(("miss", "sir", "madam"))


_NAMESAKES = POSSESSIVE | trigger(lambda word: word in name_lists().namesakes or word in name_lists().days)


def read_namesakes(utterance: Utterance, reference: Reference) -> tuple[Aside, ...]:
    """Where words of time are names, in order."""
    found = [*(_labels(utterance) if utterance.atoms else ()), *names_in_scripts(utterance)]
    if not utterance.triggers & _NAMESAKES:
        return tuple(found)
    words, lists = utterance.words, name_lists()
    named = {index for aside in found for index in range(aside.start, aside.end)}
    known = {name.lower().split()[0] for name in reference.names if name.strip()}
    for index in utterance.where(_NAMESAKES):
        word = words[index]
        is_day = word in lists.days
        if (word.removesuffix("'s") not in lists.namesakes and not is_day) or index in utterance.atoms:
            continue
        if index in named:
            continue
        sway = _sway_of_day(utterance, index, found) if is_day else _sway(utterance, index, known, found)
        sway = _sway_abroad(words, index) if sway is None and not is_day else sway
        if sway is not None:
            found.append(Aside(Beside.NAME, index, index + 1, sway))
    return tuple(found)


def _labels(utterance: Utterance) -> list[Aside]:
    """The names in front of «<address>»: «Dana Ort <dana@acme.io>»."""
    words = utterance.words
    found = []
    for index, (kind, _) in utterance.atoms.items():
        if kind != "email" or index < 2 or words[index - 1] not in {"<", "("}:
            continue
        start = index - 1
        if words[start - 1] == '"' and (opened := _opened(words, start - 1)):
            found.append(Aside(Beside.NAME, opened, index - 1))
            continue
        while start > 0 and index - start <= _LONGEST and _is_of_label(utterance, start - 1):
            if words[start] in name_lists().titles and words[start - 1] not in {".", *name_lists().titles}:
                break  # «Buche Herrn August (…)»
            start -= 1
        if start < index - 1:
            found.append(Aside(Beside.NAME, _with_surname(utterance, start), index - 1))
    return found


def _opened(words: tuple[str, ...], close: int) -> int:
    """The token behind the mark that opens what this one closes; 0 when none is near."""
    return next((at + 1 for at in range(close - 1, max(close - _LONGEST, -1), -1) if words[at] == '"'), 0)


def _with_surname(utterance: Utterance, start: int) -> int:
    """«Vega, Ana <…>» begins with the surname; «Sam, Ana <…>» are two people."""
    words, text, at = utterance.words, utterance.text, start - 2
    if at < 0 or words[start - 1] != "," or at in utterance.atoms or not words[at].isalpha():
        return start
    before = words[at - 1] if at else ""
    is_led = before in _WITH or (at > 0 and "\n" in text[utterance.ends[at - 1] : utterance.starts[at]])
    is_surname = text[utterance.starts[at]].isupper() and not name_lists().is_first(words[at])
    return at if is_led and is_surname else start


def _is_of_label(utterance: Utterance, index: int) -> bool:
    """A word with a capital, a particle or an initial; in a text without capitals any word that is nothing else."""
    word, lists = utterance.words[index], name_lists()
    if index in utterance.atoms or "\n" in utterance.text[utterance.ends[index] : utterance.starts[index + 1]]:
        return False
    if word in {".", "'", "-"}:
        return utterance.is_glued(index)
    if not word[:1].isalpha() or word in lists.push or word in _WITH:
        return False
    if utterance.text[utterance.starts[index]].isupper():
        return index > 0 or not _is_act(word)
    if word in PARTICLES or word in lists.first:
        return True
    is_behind_figure = index > 0 and utterance.is_glued(index) and utterance.words[index - 1].isdecimal()
    return not (is_behind_figure or lists.is_word(word) or word in vocabulary().classes or _is_act(word))


def _is_act(word: str) -> bool:
    return word in acts_abroad() or any(name.endswith("v") for name in vocabulary().classes.get(word, ()))


def _sway(utterance: Utterance, index: int, known: set[str], found: list[Aside]) -> Sway | None:
    """How sure the place is that the word is a name; None when it is none."""
    words = utterance.words
    after = words[index + 1] if index + 1 < len(words) else ""
    before = words[index - 1] if index else ""
    if _is_date(words, index) or before.isdecimal() or after in {"the", "of"} or _is_listed_day(words, index):
        return None
    is_with = before in _WITH or (index > 1 and not before and words[index - 2] in _WITH)  # «w/»
    if is_with or _is_titled(words, index) or _has_address(utterance, index) or _has_surname(utterance, index):
        return Sway.ALWAYS
    if before in _OF and index > 1 and words[index - 2] in _POINTING and words[index] in _LIKELIER:
        return Sway.ALWAYS
    if before in _JOIN and index > 1:
        is_joined = (bool(found) and found[-1].end == index - 1) or index - 2 in utterance.atoms
        is_joined = is_joined or (
            words[index - 2] in name_lists().first and words[index - 2] not in name_lists().namesakes
        )
        is_joined = is_joined or (index > _LEAST_JOINED and words[index - 3] in _WITH and _is_unknown(words[index - 2]))
        if is_joined:
            is_loose = before == "," and words[index] in _DAYS and utterance.language == "de"  # «mit nora, mo um 10»
            return Sway.IF_DAYED if is_loose else Sway.ALWAYS
    if _is_surname(utterance, index):
        return Sway.ALWAYS
    if words[index] == "sam" and not _WHOLE_DAYS.isdisjoint(words):
        return Sway.ALWAYS  # «tout vendredi sauf sam»: whoever writes one day out does not cut the other
    is_one_left_out = before in _SAVE and not after.isdecimal() and after not in {"matin", "soir", "midi", "aprèm"}
    is_asked = before in _ASKED_IN_FRENCH or (not before and after in _DOES_IN_FRENCH)
    if words[index] == "sam" and (is_asked or is_one_left_out):
        return Sway.ALWAYS  # «décale sam d'une demi-heure», «sam peut pas lundi»
    if not before and after in _DOES_NOT:
        return Sway.ALWAYS
    if before == "for" and after in _BEFORE_DAY and not _names_weekdays(words):
        return Sway.IF_DAYED
    if before in _OF_TIME:
        return None
    if before in _PLACED and after in {"for", "at", "on"}:
        return Sway.IF_TIMED
    if words[index].endswith("'s") and (not before or before in _ASKED | _WHO) and after in _ONE:
        return Sway.ALWAYS
    if words[index].endswith("'s"):
        return Sway.ALWAYS if after in name_lists().owned - {"meeting", "meetings", "events"} else Sway.IF_COMPLETE
    if words[index] in known or (before in _ASKED and after in _BEHIND_NAME) or _is_left_out(words, index):
        return Sway.ALWAYS
    is_acting = before in {"", *_WHO, ","} and after in _DOES
    return Sway.IF_DAYED if before in _ASKED or is_acting or _opens_with_day(utterance, index) else None


def _opens_with_day(utterance: Utterance, index: int) -> bool:
    """«June friday at 10», «April, tomorrow at 4»: a month as first word, and a day of this week behind it, is who comes."""
    words = utterance.words
    at = index + 1 + (words[index + 1 : index + 2] in ((",",), ("on",), ("this",), ("next",)))
    is_day = at < len(words) and (words[at] in _OTHER_DAYS or words[at] in {"tomorrow", "today"})
    is_dated = words[at + 1 : at + 2] == ("the",) or words[at + 2 : at + 3] == ("at",)  # «june, monday 8 at 10»
    return not index and is_day and not is_dated and words[index] != "may" and utterance.language == "en"


def _sway_abroad(words: tuple[str, ...], index: int) -> Sway | None:
    """«cancela a julio», «annulla april», «buche mai am freitag»: behind an order, a word that is no month of its language."""
    before = words[index - 1] if index else ""
    after = words[index + 1] if index + 1 < len(words) else ""
    is_led = before == "a" and index > 1 and words[index - 2] in acts_abroad()
    if not is_led and before not in acts_abroad():
        return None
    if after not in _BEHIND_NAME | _BEHIND_ABROAD:
        return None
    is_ending = after in {"", "?", "."}
    is_month = any(words[index] in phrasebook(name).words for name in _ABROAD)
    if is_ending and is_month and not is_led:
        return None  # «annulla domingo»
    return Sway.ALWAYS if is_ending else Sway.IF_DAYED


_ABROAD = ("de", "es", "fr", "it", "nl", "pt")
_BEHIND_ABROAD = frozenset(("am", "el", "al", "para", "à", "au", "alle", "naar", "op", "na", "às", "bitte", "af"))


def _is_listed_day(words: tuple[str, ...], index: int) -> bool:
    """«mit nora, mo mi fr um 10», «mo und mi»: one of several days."""
    if words[index] not in _DAYS:
        return False
    at = index + 1 + (index + 1 < len(words) and words[index + 1] in _TYING)
    return at < len(words) and words[at] in _OTHER_DAYS


def _is_left_out(words: tuple[str, ...], index: int) -> bool:
    """«cancel everything but april», «everyone except may»: of what stands, and with no other time."""
    is_excepted = index > _LEAST_JOINED and words[index - 1] in {"but", "except", "bar"} and words[index - 2] in _ALL
    return is_excepted and words[index - 3] in _ASKED and index + 1 == len(words)


def _sway_of_day(utterance: Utterance, index: int, found: list[Aside]) -> Sway | None:
    """Weekdays are names behind a title, in front of an address, and with a surname where a person is expected."""
    words, text, start = utterance.words, utterance.text, utterance.starts[index]
    before = words[index - 1] if index else ""
    title = index - 2 if before == "." else index - 1
    after = words[index + 1] if index + 1 < len(words) else ""
    if after in {"the", "of"} or (after.isdecimal() and _is_date(words, index)):
        return None
    if title >= 0 and _is_courteous(words, title):
        return Sway.IF_DAYED if words[title] in _TITLES_OF_WORK else Sway.ALWAYS
    if _has_address(utterance, index) and before in _WITH | _ASKED:
        return Sway.ALWAYS
    is_joined = before in _JOIN and bool(found) and found[-1].end >= index - 2
    if not text[start].isupper() or not (before in _WITH | _ASKED or is_joined) or text == text.upper():
        return None
    if _has_surname(utterance, index) and not _is_known(utterance, index + 1):
        return Sway.ALWAYS
    is_before_day = after == "on" or after in name_lists().days or after in {"am", "el", "a", "à", "il", "na", "op"}
    return Sway.IF_DAYED if is_before_day and before in _WITH else None


_LEAST_JOINED = 2


def _is_unknown(word: str) -> bool:
    """«with Wren and June»: whoever stands behind «with» and is nothing else."""
    return word.isalpha() and not name_lists().is_word(word) and word not in vocabulary().marks


def _is_courteous(words: tuple[str, ...], at: int) -> bool:
    word, lists = words[at], name_lists()
    is_title = (word in lists.courtesy and word not in _NO_TITLES) or word in _TITLES_OF_WORK
    return is_title and not (at and words[at - 1] in _OWNING)


def _is_known(utterance: Utterance, index: int) -> bool:
    """«Friday Standup», «Monday Morning»: what a day is told of."""
    word = utterance.words[index]
    return word in vocabulary().classes or word in vocabulary().marks or word in aside_words().compounds


def _is_surname(utterance: Utterance, index: int) -> bool:
    """«Theresa May on friday»: a capital behind a first name with one."""
    if index == 0 or index - 1 in utterance.atoms or not name_lists().is_first(utterance.words[index - 1]):
        return False
    text, starts = utterance.text, utterance.starts
    return text[starts[index]].isupper() and text[starts[index - 1]].isupper() and text != text.upper()


def _names_weekdays(words: tuple[str, ...]) -> bool:
    """«for june on fridays» names a month."""
    return any(word.endswith("days") for word in words)


def _is_date(words: tuple[str, ...], index: int) -> bool:
    """«may 5», «the 5th of may»; not «June 2pm»."""
    if index + 1 >= len(words) or not words[index + 1].isdecimal():
        return False
    behind = words[index + 2] if index + 2 < len(words) else ""
    return behind not in {"am", "pm", ":", "uhr", "h"}


def _is_titled(words: tuple[str, ...], index: int) -> bool:
    """«Mrs May», «Dr. August», «Frau Mai»."""
    at = index - 1
    if at > 0 and words[at] == ".":
        at -= 1
    return at >= 0 and words[at] in name_lists().titles and words[at] not in {"may", "father", "mother"}


def _has_address(utterance: Utterance, index: int) -> bool:
    """«June <june@acme.io>»."""
    at = index + 1
    if at < len(utterance.words) and utterance.words[at] in {"<", "("}:
        at += 1
    return at < len(utterance.words) and utterance.atoms.get(at, ("", ""))[0] == "email"


def _has_surname(utterance: Utterance, index: int) -> bool:
    """«April Stone»: a capital, and another on a word that is nothing else."""
    words, text, starts = utterance.words, utterance.text, utterance.starts
    at = index + 1
    if at >= len(words) or not words[at].isalpha() or at in utterance.atoms or text == text.upper():
        return False
    if not (text[starts[index]].isupper() and text[starts[at]].isupper()):
        return False
    return not name_lists().is_word(words[at])
