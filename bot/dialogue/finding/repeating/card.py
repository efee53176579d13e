"""A repeating wish: its dates on one card, booked with one press, each for itself or as the series of a type that repeats."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import TYPE_CHECKING

from bot.dialogue.acts import Facts, Style
from bot.dialogue.buttons import ButtonRow, form_button, keep_button, resume_button, write_button
from bot.dialogue.finding import propose, their_hours
from bot.dialogue.finding.card import Deal, book_writes, facts, missing, when_of, with_topic
from bot.dialogue.finding.repeating import own_series
from bot.dialogue.finding.repeating.dates import MOST_DATES, has_end
from bot.dialogue.request import forms
from bot.dialogue.request.revise import is_point
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.together.company import people_of
from bot.dialogue.wording import booking as words
from bot.dialogue.wording import common, times
from bot.dialogue.wording.standing import questions
from bot.language.meaning import Intent, Turn
from bot.scheduling.models import Slot
from bot.scheduling.replacing import replace
from bot.scheduling.times import find_zone
from bot.scheduling.writes import BookSlot

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, time

    from bot.dialogue.buttons import Button, CardPart
    from bot.dialogue.context import Step
    from bot.dialogue.families import SlotRequest
    from bot.dialogue.finding.event_types import TypeChoice
    from bot.language.meaning import Moment, Recurrence
    from bot.scheduling.writes import Write


_MOST_CLOCKS = 3


def problem(talk: Talk, request: SlotRequest) -> str:
    """Why the repetition cannot be spelled out; empty when it can."""
    repeated = request.recurrence
    if repeated is not None and repeated.is_mixed:
        return words.one_rule_at_a_time()
    if request.intent is Intent.HOLD:
        return words.no_held_series() if repeated is not None else questions.one_hold_at_a_time()
    if request.is_either and request.attendee is not None and request.guests:
        return questions.which_for_all([words.person(one) for one in (request.attendee, *request.guests)])
    if repeated is not None and repeated.often > max(1, len(repeated.weekdays), len(repeated.month_days)):
        return words.which_days(repeated.often)
    if not propose.series_dates(request, talk):
        return words.unreadable_repetition()
    return "" if propose.series_clock(request) is not None else words.series_needs_clock()


def series_card(talk: Talk, request: SlotRequest, choice: TypeChoice, slots: tuple[Slot, ...]) -> Step:
    """The dates one by one, busy ones flagged; one press books all of them as one series, or the free ones each for itself."""
    every = _wanted(talk, request, choice)
    wanted = every[:MOST_DATES]
    starts = {slot.start: slot for slot in slots}
    free = tuple(starts[slot.start] for slot in wanted if slot.start in starts)
    if not wanted:
        return say(talk, words.unreadable_repetition())
    lines = tuple(_line(talk, request, slot, slots, is_free=slot.start in starts) for slot in wanted)
    if not free:
        return _none_free(talk, request, choice, wanted, slots)
    deal = Deal(request=request, choice=choice, slot=free[0])
    deal = replace(deal, request=with_topic(request, deal))
    fitting = own_series.dates_at_once(talk, request, choice.kind, wanted)
    series = free if fitting and len(free) == len(wanted) else ()
    remarks = _remarks(talk, deal, free, len(every), series=series, fits=bool(fitting))
    who = words.person(request.attendee) if request.attendee else ""
    label = words.book_series_label(len(free)) if series else words.series_label(len(free))
    until = [] if missing(deal) else [words.series_until(label)]
    what = (
        words.whole_series_text(deal.what, who, len(free))
        if series
        else words.series_text(deal.what, who, len(free), len(wanted))
    )
    text = " ".join([what, *until, *remarks, *(f"{line}." for line in lines)])
    shown = Facts(rows=tuple(row for row in facts(talk, deal) if row[0] != "When"))
    others = _free_clocks(talk, request, wanted, slots) if fitting and not series else ()
    parts: tuple[CardPart, ...] = (
        common.heading(words.booking_heading(choice.kind, request.attendee)),
        shown,
        *(common.line(remark) for remark in remarks),
        common.line("\n".join(f"{number}. {line}" for number, line in enumerate(lines, start=1))),
        ButtonRow(buttons=(*_book(talk, deal, free, series, label), keep_button("keep", "Keep as is"))),
        *((ButtonRow(buttons=others, title=words.or_instead()),) if others else ()),
        common.small(words.card_until(talk.now + talk.context.card_lifetime, talk.zone)),
    )
    return show(talk.having(offered=free, listed=()), deal.request, text, parts)


def _remarks(
    talk: Talk, deal: Deal, free: tuple[Slot, ...], asked: int, *, series: tuple[Slot, ...], fits: bool
) -> list[str]:
    request, kind = deal.request, deal.choice.kind
    remarks = [own_series.remark(talk, request, kind, is_at_once=bool(series), fits=fits)]
    if request.recurrence and not has_end(request.recurrence):
        remarks.append(words.no_end_named(min(asked, MOST_DATES)))
    if asked > MOST_DATES:
        remarks.append(words.most_dates(MOST_DATES))
    remarks += [*their_hours.remarks(talk, people_of(request), free), *missing(deal)]
    return [remark for remark in remarks if remark]


def _free_clocks(
    talk: Talk, request: SlotRequest, wanted: tuple[Slot, ...], slots: tuple[Slot, ...]
) -> tuple[Button, ...]:
    """Clocks that are free on every date, nearest first: there the whole series is possible."""
    days = {slot.start.astimezone(talk.zone).date() for slot in wanted}
    clock = wanted[0].start.astimezone(talk.zone).time()
    likely = [other for other, number in _clocks(talk, days, slots).items() if number == len(days) and other != clock]
    near = sorted(likely, key=lambda other: (_apart(other, clock), other))[:_MOST_CLOCKS]
    if _has_clocks(request):
        return ()
    return tuple(
        resume_button(f"at{number}", words.all_at(other, talk.zone), _at(request, other))
        for number, other in enumerate(near)
    )


def _has_clocks(request: SlotRequest) -> bool:
    """Whether its dates are at several clocks, or at one of another zone: none of ours is a clock for all of them."""
    turns = request.recurrence.turns if request.recurrence is not None else ()
    return bool(request.is_each or request.zone or turns)


def _apart(one: time, other: time) -> int:
    return abs((one.hour - other.hour) * 60 + one.minute - other.minute)


def _clocks(talk: Talk, days: set[date], slots: tuple[Slot, ...]) -> Counter[time]:
    """How many of the days are free at each clock."""
    return Counter(
        start.time() for start in (slot.start.astimezone(talk.zone) for slot in slots) if start.date() in days
    )


def _none_free(
    talk: Talk, request: SlotRequest, choice: TypeChoice, wanted: tuple[Slot, ...], slots: tuple[Slot, ...]
) -> Step:
    """No date is free at the clock that was said: the clocks that are free on most of them, each for all at once."""
    lines = [_line(talk, request, slot, slots, is_free=False) for slot in wanted]
    text = words.no_date_free(common.cut(choice.kind.title), len(wanted), lines)
    days = {slot.start.astimezone(talk.zone).date() for slot in wanted}
    likely = sorted(_clocks(talk, days, slots).items(), key=lambda item: (-item[1], item[0]))[:_MOST_CLOCKS]
    at = [] if _has_clocks(request) else [clock for clock, _ in likely]
    buttons = tuple(
        resume_button(f"at{number}", words.all_at(clock, talk.zone), _at(request, clock))
        for number, clock in enumerate(at)
    )
    parts: list[CardPart] = [common.heading(words.booking_heading(choice.kind, request.attendee)), common.line(text)]
    if buttons:
        parts.append(ButtonRow(buttons=buttons))
    return show(talk.having(offered=(), listed=()), request, text, tuple(parts), is_live=False)


def _at(request: SlotRequest, clock: time) -> SlotRequest:
    """The same dates at another clock."""
    moments = tuple(
        replace(moment, hours=replace(moment.hours, start=clock, end=None)) if moment.hours is not None else moment
        for moment in request.moments
    )
    return replace(request, moments=moments)


def _book(talk: Talk, deal: Deal, free: tuple[Slot, ...], series: tuple[Slot, ...], label: str) -> tuple[Button, ...]:
    form = forms.booking_form(deal.request, deal.choice.kind)
    writes = tuple(write for slot in series[:1] or free for write in book_writes(talk, replace(deal, slot=slot)))
    writes = tuple(_whole(write, series) for write in writes)
    if missing(deal):
        return (form_button("edit", "Add details", form, deal.request, style=Style.PRIMARY),)
    if not writes:
        return ()
    return (write_button("book", label, *writes, is_sequence=False), form_button("edit", "Edit", form, deal.request))


def _whole(write: Write, series: tuple[Slot, ...]) -> Write:
    """The booking of the first date as that of the whole series."""
    if not series or not isinstance(write, BookSlot):
        return write
    return replace(write, series=series, recurrence_count=len(series))


def _wanted(talk: Talk, request: SlotRequest, choice: TypeChoice) -> tuple[Slot, ...]:
    """The dates of the repetition, and those that were named one by one, in their order."""
    each = propose.wish_of(request, talk).windows if request.is_each else ()
    found = {Slot(window.start, window.start + choice.length) for window in each}
    found.update(_repeated(talk, request, choice))
    return tuple(sorted(slot for slot in found if slot.start > talk.now))


def _repeated(talk: Talk, request: SlotRequest, choice: TypeChoice) -> Iterator[Slot]:
    clock, zone = propose.series_clock(request), find_zone(request.zone) or talk.zone
    recurrence = request.recurrence
    if recurrence is None or clock is None:
        return
    dates = propose.series_dates(request, talk, choice.kind)
    for day, turn in product(dates, recurrence.turns or (Turn(starts=clock),)):
        is_out = any(_skips(one, day, dates) and _skips_clock(one, turn, recurrence) for one in request.excluded)
        if not is_out and (not turn.weekdays or day.weekday() in turn.weekdays):
            yield propose.slot_at(day, turn.starts, zone, choice.length)


def _skips_clock(moment: Moment, turn: Turn, recurrence: Recurrence) -> bool:
    """Whether an exclusion means that clock of its day: «not thursday at 4» where thursday has several."""
    is_one = bool(recurrence.turns) and moment.hours is not None and is_point(moment)
    return not is_one or (moment.hours is not None and moment.hours.start == turn.starts)


def _skips(moment: Moment, day: date, dates: tuple[date, ...]) -> bool:
    """Whether an exclusion means that date: by its dates, else by its day of the month."""
    if moment.days is None:
        return False
    if moment.recurs_on(day):
        return True
    if any(moment.days.first <= other <= moment.days.last for other in dates):
        return moment.days.first <= day <= moment.days.last
    return moment.days.first == moment.days.last and moment.days.first.day == day.day


def _line(talk: Talk, request: SlotRequest, slot: Slot, slots: tuple[Slot, ...], *, is_free: bool) -> str:
    day = slot.start.astimezone(talk.zone).date()
    near = propose.nearest(
        [s for s in slots if s.start.astimezone(talk.zone).date() == day], slot.start, talk.zone, count=2
    )
    other = ", ".join(times.clock(one.start, talk.zone) for one in near)
    return words.series_line(when_of(talk, request, slot), is_free=is_free, other=other)
