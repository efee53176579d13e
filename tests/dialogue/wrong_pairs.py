"""A generator of wrong cards: sentences that are read right, each with a negation, exception, correction, condition, second
object or contradicting weekday put in. The card must change accordingly, or there must be no button that writes.

A third of the sentences was written before the reading of what is put in, and never looked at while that was made: `is_blind`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import product
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Inserted(StrEnum):
    """What was put into the sentence."""

    NEGATION = "negation"
    EXCEPTION = "exception"
    CORRECTION = "correction"
    CONDITION = "condition"
    SECOND_ACT = "second act"
    SECOND_OBJECT = "second object"
    WEEKDAY = "contradicting weekday"
    GUEST = "another guest instead"
    THEIR_CLOCK = "somebody else's clock"
    REPEATED = "a repetition"
    LENGTH = "a second length"
    EITHER = "one of two people, and which was left open"
    FURTHER_ACT = "another act on the same meeting"
    SEPARATE = "each in a meeting of their own"
    PART = "all of a day but one, by its time"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A sentence, the same with something put in, and the sentence that says the same plainly (empty: no card may write)."""

    base: str
    changed: str
    inserted: Inserted
    meant: str = ""
    may_not_touch: str = ""
    """A first name whose booking no write may be about."""
    is_blind: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """What one language calls things; templates have {who}, {day}, {at}."""

    book: tuple[str, ...]
    hold: tuple[str, ...]
    cancel: tuple[str, ...]
    move: tuple[str, ...]
    cancel_all: tuple[str, ...]
    days: tuple[str, ...]
    clocks: tuple[str, ...]
    nots: tuple[str, ...]
    corrections: tuple[str, ...]
    conditions: tuple[str, ...]
    second_acts: tuple[str, ...]
    excepts: tuple[str, ...]
    joins: tuple[str, ...]
    wrong_days: tuple[tuple[str, str], ...]
    guests: tuple[str, ...]
    """Corrections of who is meant: {who} and {other} stand in the place of the guest."""
    clocks_of_others: tuple[str, ...]
    repetitions: tuple[str, ...]
    lengths: tuple[str, ...]
    ors: tuple[str, ...]
    further_on_new: tuple[str, ...]
    """Acts beside a booking or a hold that are no part of it."""
    further_on_move: tuple[str, ...]
    further_on_cancel: tuple[str, ...]
    separately: tuple[str, ...]
    parts: tuple[str, ...]
    """All of a day but one meeting: {day}, {at} of whoever stays."""
    standing: tuple[str, ...]
    """The days of the bookings of NAMES, in that order."""
    noon: str
    """The hour at which each of them stands."""


PEOPLE = ("omar@example.org", "lena@example.org", "tia@example.org")
NAMES = ("lena", "omar", "tia")
"""Who has a booking in the world of the pairs."""

ENGLISH = Words(
    book=(
        "book {who} {day} at {at}",
        "schedule a call with {who} {day} {at}",
        "please set up a meeting with {who} on {day} at {at}",
    ),
    hold=("hold {day} {at}", "block {day} at {at}", "put a hold on {day} {at}"),
    cancel=("cancel my meeting with {name}", "cancel {name}", "please call off my call with {name}"),
    move=(
        "move {name} to {day} {at}",
        "reschedule my meeting with {name} to {day} at {at}",
        "push {name} to {day} {at}",
    ),
    cancel_all=(
        "cancel everything this week",
        "cancel all my meetings this week",
        "please cancel every meeting this week",
    ),
    days=("thursday", "friday", "wednesday"),
    clocks=("10am", "2pm", "3pm", "11am"),
    nots=("don't {}", "do not {}", "please don't {}", "never {}"),
    corrections=(
        ", no, {}",
        ", sorry, {}",
        ", no wait, {}",
        ", i mean {}",
        ", actually {}",
        ", make that {}",
        ", scratch that, {}",
    ),
    conditions=(
        " if sam agrees",
        " unless it rains",
        " provided that the room is there",
        " in case the budget is approved",
    ),
    second_acts=(" and cancel sam", " and then move sam to monday 9am", ", then cancel sam"),
    excepts=(
        " except {}",
        " apart from {}",
        " but not {}",
        " other than {}",
        " excluding {}",
        " with the exception of {}",
    ),
    joins=(" and {}", " & {}"),
    wrong_days=(
        ("tuesday 5 march", "thursday 5 march"),
        ("monday 6 march", "friday 6 march"),
        ("friday, 4 march", "wednesday, 4 march"),
    ),
    guests=("{who}, no sorry, {other},", "{who}, no wait, {other},", "{who} - scratch that, {other} -"),
    clocks_of_others=(" her time", " in their timezone", ", his local time"),
    repetitions=(" every other week", ", biweekly", " every week", " for 3 weeks"),
    lengths=(", 30 minutes, for an hour", " for an hour, a 30 minute call"),
    ors=(" or {}", " or maybe {}"),
    further_on_new=(" and remind me an hour before", " and put a hold on monday 4pm", ", then find a time with sam"),
    further_on_move=(" and add kim@example.org", " and rename it to kickoff", " and make it an hour", " and remind me"),
    further_on_cancel=(" or move her to monday 9am", " and find me a new time", " and remind me to call back"),
    separately=("{who} and {other} separately", "{who} and {other} individually"),
    parts=(
        "cancel all of {day} except the {at}",
        "cancel everything on {day} apart from the one at {at}",
        "cancel all my {day} meetings but not the {at} one",
        "cancel my {day} meetings, the {at} one can stay",
    ),
    standing=("thursday", "wednesday", "friday"),
    noon="12pm",
)
GERMAN = Words(
    book=(
        "buche {who} am {day} um {at}",
        "plane einen Termin mit {who} am {day} um {at}",
        "bitte vereinbare ein Treffen mit {who} am {day} um {at}",
    ),
    hold=("halte {day} {at} frei", "blocke {day} um {at}", "reserviere {day} um {at} vorläufig"),
    cancel=(
        "storniere mein Treffen mit {name}",
        "lösche den Termin mit {name}",
        "bitte streiche das Treffen mit {name}",
    ),
    move=(
        "verschiebe {name} auf {day} {at}",
        "verlege das Treffen mit {name} auf {day} um {at}",
        "schiebe {name} auf {day} {at}",
    ),
    cancel_all=(
        "storniere alle Termine diese Woche",
        "lösche alles diese Woche",
        "bitte storniere alle Treffen diese Woche",
    ),
    days=("Donnerstag", "Freitag", "Mittwoch"),
    clocks=("10 Uhr", "14 Uhr", "15 Uhr", "11 Uhr"),
    nots=("bitte nicht: {}", "auf keinen Fall: {}"),
    corrections=(
        ", nein, {}",
        ", nein, doch {}",
        ", Entschuldigung, {}",
        ", ich meine {}",
        ", besser {}",
        ", halt, {}",
    ),
    conditions=(", falls sam zustimmt", ", wenn das Budget kommt", ", sofern der Raum da ist"),
    second_acts=(" und storniere sam", ", dann lösche sam"),
    excepts=(" außer {}", " bis auf {}", " mit Ausnahme von {}", ", aber nicht {}"),
    joins=(" und {}",),
    wrong_days=(("Dienstag, den 5. März", "Donnerstag, den 5. März"), ("Montag, 6. März", "Freitag, 6. März")),
    guests=("{who}, nein, {other},", "{who}, Entschuldigung, {other},"),
    clocks_of_others=(" ihrer Zeit", ", seine Ortszeit"),
    repetitions=(" jede zweite Woche", " jede Woche"),
    lengths=(", 30 Minuten, für eine Stunde",),
    ors=(" oder {}",),
    further_on_new=(" und erinnere mich eine Stunde vorher",),
    further_on_move=(" und verlängere es auf eine Stunde",),
    further_on_cancel=(" oder verschiebe sie auf Montag 9 Uhr",),
    separately=("{who} und {other} getrennt", "{who} und {other} einzeln"),
    parts=("storniere alles am {day} außer dem um {at}", "storniere alles am {day} außer dem Termin um {at}"),
    standing=("Donnerstag", "Mittwoch", "Freitag"),
    noon="12 Uhr",
)


def pairs() -> Iterator[Pair]:
    """Every pair, in a fixed order."""
    for words in (ENGLISH, GERMAN):
        yield from _timed(words)
        yield from _about_bookings(words)


def _timed(words: Words) -> Iterator[Pair]:
    for number, template in enumerate((*words.book, *words.hold)):
        is_blind = number % 3 == 2
        people = PEOPLE if "{who}" in template else PEOPLE[:1]
        for who, day, at in product(people, words.days, words.clocks[:2]):
            base = template.format(who=who, day=day, at=at)
            yield from _unwritten(words, base, is_blind=is_blind)
            yield from _corrected(words, template, (who, day, at), is_blind=is_blind)
            if "{who}" in template:
                yield from _of_guests(words, template, (who, day, at), is_blind=is_blind)
        for wrong, right in words.wrong_days:
            for at in words.clocks:
                yield Pair(
                    base=template.format(who=people[0], day=right, at=at),
                    changed=template.format(who=people[0], day=wrong, at=at),
                    inserted=Inserted.WEEKDAY,
                    is_blind=is_blind,
                )


def _unwritten(words: Words, base: str, *, is_blind: bool) -> Iterator[Pair]:
    """What no card may follow."""
    for pattern in words.nots:
        yield Pair(base=base, changed=pattern.format(base), inserted=Inserted.NEGATION, is_blind=is_blind)
    for tail in words.conditions:
        yield Pair(base=base, changed=base + tail, inserted=Inserted.CONDITION, is_blind=is_blind)
    for tail in words.second_acts:
        yield Pair(base=base, changed=base + tail, inserted=Inserted.SECOND_ACT, is_blind=is_blind)


def _corrected(words: Words, template: str, said: tuple[str, str, str], *, is_blind: bool) -> Iterator[Pair]:
    who, day, at = said
    base = template.format(who=who, day=day, at=at)
    for sign in words.corrections:
        for other in (words.clocks[2], words.days[(words.days.index(day) + 1) % len(words.days)]):
            is_day = other in words.days
            meant = template.format(who=who, day=other if is_day else day, at=at if is_day else other)
            changed = base + sign.format(other)
            yield Pair(base=base, changed=changed, inserted=Inserted.CORRECTION, meant=meant, is_blind=is_blind)


def _of_guests(words: Words, template: str, said: tuple[str, str, str], *, is_blind: bool) -> Iterator[Pair]:
    """Another guest, another clock, more dates or another length than the sentence alone has."""
    who, day, at = said
    base = template.format(who=who, day=day, at=at)
    other = PEOPLE[(PEOPLE.index(who) + 1) % len(PEOPLE)]
    meant = template.format(who=other, day=day, at=at)
    for pattern in words.guests:
        changed = template.format(who=pattern.format(who=who, other=other), day=day, at=at)
        yield Pair(base=base, changed=changed, inserted=Inserted.GUEST, meant=meant, is_blind=is_blind)
    for tails, inserted in (
        (words.clocks_of_others, Inserted.THEIR_CLOCK),
        (words.repetitions, Inserted.REPEATED),
        (words.lengths, Inserted.LENGTH),
    ):
        for tail in tails:
            yield Pair(base=base, changed=base + tail, inserted=inserted, is_blind=is_blind)
    for pattern in words.separately:
        changed = template.format(who=pattern.format(who=who, other=other), day=day, at=at)
        yield Pair(base=base, changed=changed, inserted=Inserted.SEPARATE, is_blind=is_blind)
    for tail in words.further_on_new:
        yield Pair(base=base, changed=base + tail, inserted=Inserted.FURTHER_ACT, is_blind=is_blind)


def _about_bookings(words: Words) -> Iterator[Pair]:
    for number, template in enumerate((*words.cancel, *words.move)):
        is_blind = number % 3 == 2
        for name, day, at in product(NAMES, words.days[:2], words.clocks[:2]):
            base = template.format(name=name, day=day, at=at)
            if "{day}" not in template and (day, at) != (words.days[0], words.clocks[0]):
                continue
            yield from _unwritten(words, base, is_blind=is_blind)
            other = NAMES[(NAMES.index(name) + 1) % len(NAMES)]
            for join in words.joins:
                both = template.format(name=name + join.format(other), day=day, at=at)
                yield Pair(base=base, changed=both, inserted=Inserted.SECOND_OBJECT, is_blind=is_blind)
            for either in words.ors:
                one = template.format(name=name + either.format(other), day=day, at=at)
                yield Pair(base=base, changed=one, inserted=Inserted.EITHER, is_blind=is_blind)
            for tail in words.further_on_move if "{day}" in template else words.further_on_cancel:
                yield Pair(base=base, changed=base + tail, inserted=Inserted.FURTHER_ACT, is_blind=is_blind)
    for number, template in enumerate(words.parts):
        for name, day in zip(NAMES, words.standing, strict=True):
            changed = template.format(day=day, at=words.noon)
            yield Pair(
                base=words.cancel_all[0],
                changed=changed,
                inserted=Inserted.PART,
                may_not_touch=name,
                is_blind=number % 3 == 2,
            )
    for number, template in enumerate(words.cancel_all):
        for tail, name in product(words.excepts, NAMES):
            changed = template + tail.format(name)
            yield Pair(
                base=template,
                changed=changed,
                inserted=Inserted.EXCEPTION,
                may_not_touch=name,
                is_blind=number % 3 == 2,
            )
