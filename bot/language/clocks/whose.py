"""Whose clock the times of a text are on: somebody's who is named, perhaps theirs, that of a place, or two of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.language.clocks.again import is_repeated, said_again
from bot.language.clocks.corrected import CLOCKS, by_the_last_clock
from bot.language.clocks.owner import owner_of_clock
from bot.language.clocks.placed import place_of_clock
from bot.language.cues.scope import named_in
from bot.language.cues.verbs import says_book
from bot.language.meaning import ClockSaid, Grain, Intent, Sign
from bot.language.signs import Cue
from bot.scheduling.replacing import replace

if TYPE_CHECKING:
    from bot.language.entities.reading import EntitiesRead
    from bot.language.meaning import Moment, Understanding
    from bot.language.normalise import Utterance

_OF_CLOCKS = CLOCKS | {Cue.CLOCK_FOR}


def by_clocks(read: Understanding, wish: Utterance, entities: EntitiesRead) -> Understanding:
    """The reading with whose clock it is on; of a text that names neither clocks nor places it is as it was."""
    if any(one.hours is not None and one.hours.name in _GENTLE for one in read.moments):
        read = _without_gentle(read)
    is_named = read.zone is not None or read.there is not None
    owner = owner_of_clock(wish)
    if not read.moments or not (is_named or owner is not None or read.has(*_OF_CLOCKS)):
        return read
    if read.has(Cue.TRAVELS) and read.has(Cue.THAT_DAY):
        read = _without_that_day(read)
    read = by_the_last_clock(_for_whom(read, wish, entities), wish)
    if owner is not None and not read.has(Cue.THEIR_CLOCK):
        read = replace(read, cues=(*read.cues, Sign(cue=Cue.THEIR_CLOCK, span=owner[1])))
    whose = _whose(read, wish, entities) or (owner[0] if owner is not None else "")
    read = _without_owner(read, whose, wish, entities)
    clock = ClockSaid(whose=whose, place=place_of_clock(read, wish, entities.covered))
    if read.has(Cue.CLOCK_FOR):
        clock = replace(clock, is_open=True)
    if (twice := said_again(read, wish)) is not None:
        first, again, sign = twice
        if is_repeated(first, again):  # «3pm, 3pm her time»
            return replace(read, moments=(again,), zone=again.zone, clock=clock if clock != ClockSaid() else None)
        kept = tuple(one for one in read.cues if one is not sign)
        is_theirs = sign is not None and sign.cue is not Cue.OWN_CLOCK
        if is_theirs and again.zone is None and read.there and not read.has(Cue.TRAVELS):
            again = replace(again, zone=read.there)  # «8am for her in boston»
        clock = replace(clock, again=again, is_again_theirs=is_theirs, is_open=False)
        read = replace(read, moments=(first,), zone=first.zone, cues=kept)
    return read if clock == ClockSaid() else replace(read, clock=clock)


def _without_gentle(read: Understanding) -> Understanding:
    """«not too late for her»: what times for several people keep to anyhow, by her own hours."""
    kept: list[Moment] = []
    for one in read.moments:
        behind = read.text[one.span.end :].lower().split(maxsplit=2)[:2]
        is_theirs = behind[:1] in (["for"], ["für"]) and (
            behind[-1].strip(".,!?") in _THEM or behind[-1].strip(".,!?") in map(str.casefold, read.people)
        )
        if one.hours is None or one.hours.name not in _GENTLE or not is_theirs:
            kept.append(one)
        elif one.says_day:
            kept.append(replace(one, hours=None, grain=Grain.DAY))
    cues = (
        tuple(sign for sign in read.cues if sign.cue is not Cue.THEIR_CLOCK)
        if len(kept) < len(read.moments)
        else read.cues
    )
    return replace(read, moments=tuple(kept), cues=cues)


_GENTLE = frozenset(("not_late", "not_early"))
_THEM = frozenset(("her", "him", "them", "everyone", "everybody", "anyone", "all", "sie", "ihn", "alle", "uns", "us"))


def _without_owner(read: Understanding, whose: str, wish: Utterance, entities: EntitiesRead) -> Understanding:
    """«book lena friday 10am omar's time»: who is named for the clock alone does not come, where others are named."""
    if not whose or not read.has(Cue.THEIR_CLOCK):
        return read
    signs = [sign for sign in read.cues if sign.cue is Cue.THEIR_CLOCK]
    named = [(span, value) for span, kind, value in named_in(wish, entities) if kind != "type"]
    elsewhere = {value.casefold() for span, value in named if not any(_holds(sign, span.start) for sign in signs)}
    if not elsewhere or whose.casefold() in elsewhere:
        return read
    return replace(
        read,
        people=tuple(one for one in read.people if one.casefold() != whose.casefold()),
        emails=tuple(one for one in read.emails if one != whose),
        mentions=tuple(one for one in read.mentions if one != whose),
    )


def _without_that_day(read: Understanding) -> Understanding:
    """«… at 9, ese día estoy en tokio»: the day of the time in front, and no day of its own."""
    spans = [sign.span for sign in read.cues if sign.cue is Cue.THAT_DAY]
    kept = tuple(one for one in read.moments if not any(span.start <= one.span.start < span.end for span in spans))
    return replace(read, moments=kept) if kept else read


def _for_whom(read: Understanding, wish: Utterance, entities: EntitiesRead) -> Understanding:
    """«omar thursday 3pm for omar»: his clock, as he is named beside it.

    «book 3pm for omar» says who is to come, «same day but 3pm for omar» whose meeting it is.
    """
    signs = [sign for sign in read.cues if sign.cue is Cue.CLOCK_FOR]
    if not signs:
        return read
    if all(one.hours is None and one.exact is None for one in read.moments):  # «30 minuten für dana am donnerstag»
        return replace(read, cues=tuple(one for one in read.cues if one not in signs))
    named = [(span, value) for span, kind, value in named_in(wish, entities) if kind != "type"]
    inside = {value for span, value in named for sign in signs if _holds(sign, span.start)}
    is_beside = any(value in inside for span, value in named if not any(_holds(sign, span.start) for sign in signs))
    if not (is_beside or read.intent is Intent.HOLD or read.keeps or says_book(wish)):
        return read
    cues = tuple(replace(one, cue=Cue.THEIR_CLOCK) if one in signs else one for one in read.cues)
    return replace(read, cues=cues if is_beside else tuple(one for one in read.cues if one not in signs))


def _whose(read: Understanding, wish: Utterance, entities: EntitiesRead) -> str:
    """The name, address or member id that stands in «omar's time», «noon for omar»."""
    signs = [sign for sign in read.cues if sign.cue in {Cue.THEIR_CLOCK, Cue.CLOCK_FOR}]
    if not signs:
        return ""
    named = [(span, value) for span, kind, value in named_in(wish, entities) if kind != "type"]
    inside = (value for span, value in named if any(_holds(sign, span.start) for sign in signs))
    owners = {word for sign in signs for word in wish.text[sign.span.start : sign.span.end].casefold().split()}
    owning = (value for _, value in named if f"{value.casefold()}s" in owners)  # «danas zeit» is no name
    return next(inside, None) or next(owning, "")


def _holds(sign: Sign, place: int) -> bool:
    return sign.span.start <= place < sign.span.end
