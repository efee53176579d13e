"""The two halves of a text with two acts, each read by itself, and what one of them leaves to the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.cues import verbs
from bot.language.cues.second import CHANGING
from bot.language.cues.two.lines import HEADED, opens_act
from bot.language.cues.verbs import BESIDE_LINKS, COUNTING, ORS, further_at
from bot.language.meaning import Certainty, Doubt, DoubtKind, Intent, Span
from bot.language.signs import Cue
from bot.scheduling.replacing import replace
from bot.values import pattern

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.language.meaning import Moment, Understanding

    Read = Callable[[str], Understanding]

_BETWEEN = verbs.links_of("nl") | ORS | COUNTING | BESIDE_LINKS


def with_parts(understanding: Understanding, text: str, read: Read) -> Understanding:
    """The understanding with its acts, each read by itself, where it has several."""
    second = understanding.doubt(DoubtKind.TWO_ACTS)
    if second is None and "\n" in text and understanding.intent in _ONE_OF_TWO:
        return _of_lines(understanding, text, read)
    if second is None or _LOST.search(text) is not None or HEADED in text:
        return understanding  # whom Slack writes in brackets, or a heading, would be lost with the half
    parts = parts_of(understanding.text[:_LONGEST], second, understanding.intent, read)
    is_talk = understanding.intent is Intent.OUT_OF_SCOPE
    return replace(understanding, intent=parts[0].intent if is_talk else understanding.intent, parts=parts)


_LOST = pattern(r"<(?!mailto:([^|>\n]{1,200})(?:\|\1)?>|https?://)")
"""A bracket whose label does not say all of it: a mention, an address under a name."""


def parts_of(text: str, doubt: Doubt, intent: Intent, read: Read) -> tuple[Understanding, ...]:
    """The acts, each with what it leaves to the other: the day, or whose meeting «it» is."""
    first, last = (read(half) for half in halves(text, doubt))
    if doubt.shared is not None:
        intent = Intent.BOOK if intent is Intent.OUT_OF_SCOPE else intent
        first, last = (
            replace(one, intent=intent) if one.intent is Intent.OUT_OF_SCOPE else one for one in (first, last)
        )
        return _on_day_behind(first, last, read), _on_its_days(last, first)
    first, last = _acts_of(first, last)
    third = last.doubt(DoubtKind.TWO_ACTS)
    if third is None or third.span.start == 0 or len(last.text) >= len(text):
        return first, last
    return first, *parts_of(last.text, third, last.intent, read)


def _of_lines(understanding: Understanding, text: str, read: Read) -> Understanding:
    """«what's free friday⏎cancel lena»: an act on somebody's meeting, and another wish, each on a line of its own."""
    lines = [line.strip() for line in text[:_LONGEST].split("\n") if line.strip()]
    if not 1 < len(lines) <= _MOST_LINES or not any(map(opens_act, lines)):
        return understanding
    acts = [act for act in map(read, lines) if act.intent in _ONE_OF_TWO and _is_whole(act)]
    on_standing = [act.intent for act in acts if act.intent in _ON_STANDING and (act.people or act.emails)]
    if len(acts) != _BOTH or len(on_standing) != 1:
        return understanding
    doubt = Doubt(kind=DoubtKind.TWO_ACTS, span=Span(0, len(understanding.text)))
    return replace(understanding, doubts=(*understanding.doubts, doubt), parts=tuple(acts))


def _is_whole(act: Understanding) -> bool:
    """Whether a line is a wish by itself: «friday 3pm» below «move lena» is none."""
    if act.intent in _LOOKS:
        return act.has(Cue.ASKS_FREE, Cue.ANYTHING, Cue.OWN_CALENDAR, Cue.QUESTION)
    return bool(act.moments or act.people or act.emails)


_LOOKS = frozenset((Intent.FIND_SLOTS, Intent.LIST_BOOKINGS))
_ON_STANDING = frozenset((Intent.CANCEL, Intent.RESCHEDULE))
_ONE_OF_TWO = _ON_STANDING | {Intent.FIND_SLOTS, Intent.LIST_BOOKINGS, Intent.TIME_OFF, Intent.SET_HOURS}
_BOTH = 2
_MOST_LINES = 5

_LONGEST = 1000
"""Letters of a text with two acts that are read again, act by act: a wish stands in the first thousand."""


def halves(text: str, doubt: Doubt) -> tuple[str, str]:
    """The two acts of a text, each with the verb that both share where the second has none."""
    begin = doubt.span.start
    first = text[:begin].rstrip(_MARKS)
    head, _, last = first.rpartition(" ")
    while last.casefold() in _BETWEEN:
        first = head.rstrip(_MARKS)
        head, _, last = first.rpartition(" ")
    lead = text[doubt.shared.start : doubt.shared.end] if doubt.shared is not None else ""
    is_last = doubt.shared is not None and doubt.shared.start > begin  # «kimを月曜に、samを火曜に変更して»
    return (f"{first} {lead}", text[begin:]) if is_last else (first, lead + text[begin:])


_MARKS = " ,;.&、。"


def _acts_of(first: Understanding, last: Understanding) -> tuple[Understanding, Understanding]:
    """Two acts, each by its own verb; of the second, whose meeting «it» is."""
    first, last = _by_its_verb(first), _by_its_verb(last)
    names_nobody = not (last.people or last.emails or last.mentions or last.event_type or last.named_type)
    is_of_it = names_nobody and last.intent in CHANGING and not _SPEAKS_OF_IT.isdisjoint(last.text.casefold().split())
    return first, replace(last, people=first.people, loose=(*first.loose, *last.loose)) if is_of_it else last


def _by_its_verb(act: Understanding) -> Understanding:
    """«rename lena to kickoff», «make it an hour»: of a meeting that stands, beside another act on it."""
    said = tuple(act.text.casefold().split())
    kind = further_at(said, 0, act.language) if said else None
    return replace(act, intent=kind[0]) if kind is not None and kind[0] in CHANGING else act


_SPEAKS_OF_IT = frozenset(
    ("it", "her", "him", "them", "this", "that", "es", "ihn", "sie", "la", "lo", "le", "ze", "het")
)


def _on_its_days(last: Understanding, first: Understanding) -> Understanding:
    """«tomorrow at 10 and omar at 11»: a clock alone is meant on the day of the first.

    «move ana to friday and bo to 4pm» leaves Bo on his own day; «to friday at 3 and bo to 4» does not.
    """
    said = [one for one in first.moments if one.hours is not None or last.intent is not Intent.RESCHEDULE]
    days = next((m.days for m in said if m.days is not None and m.days.certainty is Certainty.KNOWN), None)
    dated = tuple(
        replace(m, days=days) if days and (m.days is None or m.days.certainty is Certainty.IMPLIED) else m
        for m in last.moments
    )
    return replace(last, moments=dated)


def _on_day_behind(first: Understanding, last: Understanding, read: Read) -> Understanding:
    """«kim at 3 and sam at 4 tomorrow»: the day at the end is that of both; «… and sam tomorrow at 4» is of the second."""
    clocks = [one for one in first.moments if one.hours is not None]
    if first.intent not in _PLANNING or not clocks or len(clocks) < len(first.moments):
        return first
    ends = [one for one in last.moments if one.says_day and one.hours is not None]
    if (
        any(one.says_day for one in clocks)
        or len(last.moments) != 1
        or not ends
        or not _ends_in_day(last, ends[0], read)
    ):
        return first
    return replace(first, moments=tuple(replace(one, days=ends[0].days) for one in clocks))


def _ends_in_day(last: Understanding, moment: Moment, read: Read) -> bool:
    """Whether its clock stands in front of its day: without its last words it is a clock alone."""
    words = last.text[moment.span.start : moment.span.end].split(" ")
    for count in range(len(words) - 1, 0, -1):
        front = read(last.text[: moment.span.start] + " ".join(words[:count])).moments
        if len(front) == 1 and front[0].hours == moment.hours and not front[0].says_day:
            return True
    return False


_PLANNING = frozenset((Intent.BOOK, Intent.HOLD))
