"""The people of a workspace, and whom a name that was said can mean. Which words of a text are names, `language` decides.

The best kind of fit wins and everybody who fits that well is named, so that two Sams stay two Sams: a whole name before a part
of one, a part before an initial («sam n.»), that before a short form («sam» for Samira).
"""

from __future__ import annotations

import unicodedata
from enum import IntEnum
from typing import TYPE_CHECKING, Protocol

from bot.scheduling.models import Person  # noqa: TC001  a field of what is made here
from bot.values import dataclass

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bot.scheduling.accounts import Owner


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody in the workspace. `nicknames` are what else they are called there (display name, handle)."""

    person: Person
    nicknames: tuple[str, ...] = ()
    is_guest: bool = False
    """A guest, or somebody of another workspace in a shared channel."""
    is_deactivated: bool = False


class Directory(Protocol):
    """Knows the members of a workspace. Bots are left out."""

    async def member(self, owner: Owner) -> Member | None:
        """That member as the workspace knows them now; None when it cannot be told."""
        ...

    async def members(self, owner: Owner) -> tuple[Member, ...]:
        """Everybody in the owner's workspace; empty when it cannot be told just now."""
        ...

    async def group(self, owner: Owner, group: str) -> tuple[Person, ...]:
        """The members of a group («@design») by its handle or name; empty when it cannot be told."""
        ...

    async def thread(self, owner: Owner, place: str) -> tuple[Person, ...]:
        """Who wrote in the thread where that message stands, or reacted to its first one; empty outside of threads."""
        ...


class Addresses(Protocol):
    """Addresses that a person wanted remembered, for that person only."""

    async def remembered(self, owner: Owner) -> tuple[Person, ...]:
        """Everybody whose address was remembered, by name."""
        ...

    async def remember(self, owner: Owner, person: Person) -> None:
        """Keep name and address; the same name again replaces it."""
        ...

    async def drop(self, owner: Owner, name: str) -> None:
        """Forget what was kept under that name."""
        ...


class _Fit(IntEnum):
    WHOLE = 0
    PART = 1
    INITIAL = 2
    SHORT = 3


def matches(said: str, members: Iterable[Member]) -> tuple[Member, ...]:
    """Everybody whom the name fits best, active members before deactivated ones, by name."""
    words = name_words(said)
    if not words:
        return ()
    fits = [(fit, member) for member in members if (fit := _fit(words, member)) is not None]
    active = [(fit, member) for fit, member in fits if not member.is_deactivated]
    best = min((fit for fit, _ in active or fits), default=None)
    found = [member for fit, member in active or fits if fit is best]
    return tuple(sorted(found, key=lambda member: (member.person.name.casefold(), member.person.member or "")))


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name for comparing: without case, accents, dots, titles and forms of address."""
    if name.isascii():  # most are, and one workspace can have fifty thousand
        return tuple([word for word in name.translate(_PLAIN).split() if word not in _TITLES])
    plain = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(letter if letter.isalnum() else " " for letter in plain if not unicodedata.combining(letter))
    words = [word for word in letters.split() if word not in _TITLES]
    return tuple(_without_honorific(word) for word in words)


def _without_honorific(word: str) -> str:
    ending = next((ending for ending in _HONORIFICS if word.endswith(ending) and len(word) > len(ending)), "")
    return word.removesuffix(ending)


def _fit(said: tuple[str, ...], member: Member) -> _Fit | None:
    called = [words for name in (member.person.name, *member.nicknames) if (words := name_words(name))]
    fits = [fit for words in called if (fit := _fit_one(said, words)) is not None]
    return min(fits, default=None)


def _fit_one(said: tuple[str, ...], name: tuple[str, ...]) -> _Fit | None:
    if said == name or "".join(said) == "".join(name):
        return _Fit.WHOLE
    if set(said) <= set(name) or (len(said) == 1 and _is_inside(said[0], name)):
        return _Fit.PART
    if _each_its_own(said, name, _is_initial):
        return _Fit.INITIAL
    if _each_its_own(said, name, _is_short_for):
        return _Fit.SHORT
    return None


def _is_inside(word: str, name: tuple[str, ...]) -> bool:
    """Scripts that write names without spaces: 田中 in 田中優希."""
    return not word.isascii() and len(word) > 1 and _has_no_case(word) and any(part.startswith(word) for part in name)


def _has_no_case(word: str) -> bool:
    return word.upper() == word.lower()


def _each_its_own(said: tuple[str, ...], name: tuple[str, ...], fits: _Rule) -> bool:
    """Whether every word said has a word of the name, each another one, and the first is not a mere initial."""
    left = list(name)
    for word in said:
        part = next((part for part in left if word == part), None) or next(
            (part for part in left if fits(word, part)), None
        )
        if part is None:
            return False
        left.remove(part)
    return len(said[0]) > 1


class _Rule(Protocol):
    def __call__(self, word: str, part: str, /) -> bool: ...


def _is_initial(word: str, part: str) -> bool:
    return len(word) == 1 and part.startswith(word)


def _is_short_for(word: str, part: str) -> bool:
    """A beginning of three letters at least, or a short form that is not one."""
    if _is_initial(word, part) or part in _SHORT_FORMS.get(word, ()) or word in _SHORT_FORMS.get(part, ()):
        return True
    return len(word) >= _SHORTEST and part.startswith(word)


_SHORTEST = 3
_PLAIN = {number: chr(number).lower() if chr(number).isalnum() else " " for number in range(128)}
_TITLES = frozenset((
    "dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "herr", "frau", "hr", "fr", "dott", "ing", "mme",
    "mlle", "monsieur", "madame", "sr", "sra", "don", "dona",
))  # fmt: skip
_HONORIFICS = tuple(
    unicodedata.normalize("NFKD", ending) for ending in ("さん", "様", "くん", "ちゃん", "先生", "씨", "님")
)
_SHORT_FORMS: dict[str, tuple[str, ...]] = {
    "abby": ("abigail",),
    "alex": ("alexander", "alexandra", "alejandro", "aleksandr"),
    "andy": ("andrew", "andreas"),
    "becky": ("rebecca",),
    "ben": ("benjamin", "benedict"),
    "beth": ("elizabeth",),
    "bill": ("william",),
    "bob": ("robert",),
    "charlie": ("charles", "charlotte"),
    "dave": ("david",),
    "dick": ("richard",),
    "ed": ("edward", "edmund", "eduardo"),
    "fritz": ("friedrich",),
    "greg": ("gregory", "gregor"),
    "hannes": ("johannes",),
    "hans": ("johannes",),
    "harry": ("henry", "harold"),
    "jack": ("john", "jackson"),
    "jim": ("james",),
    "jo": ("joanna", "johanna", "joseph", "josephine", "jonas"),
    "joe": ("joseph",),
    "kate": ("katherine", "catherine", "katharina"),
    "kathy": ("katherine", "catherine"),
    "larry": ("lawrence", "laurence"),
    "liz": ("elizabeth", "elisabeth"),
    "maggie": ("margaret",),
    "matt": ("matthew", "matthias", "matteo"),
    "mike": ("michael", "mikhail"),
    "misha": ("mikhail",),
    "nick": ("nicholas", "nicolas", "nikolai"),
    "paco": ("francisco",),
    "peggy": ("margaret",),
    "pepe": ("jose",),
    "rob": ("robert",),
    "rick": ("richard", "ricardo"),
    "sasha": ("alexander", "alexandra", "aleksandr"),
    "sepp": ("josef",),
    "steve": ("stephen", "steven", "stefan"),
    "sue": ("susan", "susanne"),
    "ted": ("edward", "theodore"),
    "tom": ("thomas", "tomas"),
    "tony": ("anthony", "antonio"),
    "vicky": ("victoria",),
    "will": ("william", "wilhelm"),
}
"""Short forms that are no beginning of the long one, or of several."""
