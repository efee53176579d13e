"""Limits of event types: buffers, notice, how far ahead, how many, seats. One card, one line and one write a type."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, assert_never

from bot.dialogue.acts import Facts
from bot.dialogue.buttons import ButtonRow, keep_button, write_button
from bot.dialogue.talk import Talk, say, show
from bot.dialogue.wording import common
from bot.dialogue.wording import managing as managing_words
from bot.dialogue.wording.standing import limits as words
from bot.language.meaning import LimitKind
from bot.scheduling.limits import Aspect, BookingWindow, Cap, Period, WindowKind
from bot.scheduling.models import Place, Question, QuestionKind
from bot.scheduling.replacing import replace
from bot.scheduling.writes import ChangeEventType

if TYPE_CHECKING:
    from bot.dialogue.context import Step
    from bot.dialogue.families import LimitsRequest
    from bot.language.meaning import LimitWish
    from bot.scheduling.models import EventType

ASPECTS = {
    LimitKind.BUFFER_BEFORE: Aspect.BUFFERS,
    LimitKind.BUFFER_AFTER: Aspect.BUFFERS,
    LimitKind.NOTICE: Aspect.NOTICE,
    LimitKind.WINDOW: Aspect.WINDOW,
    LimitKind.CAP: Aspect.CAPS,
    LimitKind.SEATS: Aspect.SEATS,
    LimitKind.APPROVAL: Aspect.APPROVAL,
    LimitKind.INTERVAL: Aspect.INTERVAL,
    LimitKind.LENGTHS: Aspect.LENGTHS,
    LimitKind.PLACE: Aspect.PLACES,
    LimitKind.QUESTION: Aspect.QUESTIONS,
    LimitKind.DESCRIPTION: Aspect.DESCRIPTION,
}
_MOST_TYPES = 10
_LONGEST_KEY = 40
_DAY = timedelta(days=1)


def set_limits(talk: Talk, request: LimitsRequest) -> Step:
    """A card with before → after for every type that is meant."""
    can = talk.context.capabilities
    if can is None or not can.manages_event_types:
        return say(talk, managing_words.no_types_here(talk.service))
    if request.unmade:
        return say(talk, words.make_it_first())
    if not request.limits:
        return say(talk.asking(request), words.which_limit())
    if beyond := [wish.kind for wish in request.limits if ASPECTS[wish.kind] not in can.type_aspects]:
        return say(talk.asking(None), words.no_such_limit(talk.service, beyond[0]), is_personal=True)
    kinds = _meant(talk, request)
    if not kinds:
        return say(talk, managing_words.no_event_types_yet(), is_personal=True)
    changes = [(kind, change, rows) for kind in kinds for change, rows in [_change(kind, request.limits)] if rows]
    if not changes:
        return say(talk.asking(None), words.is_so_already(), is_personal=True)
    lines = tuple((common.cut(kind.title, 60), "; ".join(rows)) for kind, _, rows in changes)
    label = words.change_label(len(changes))
    text = words.limits_text([f"{title}: {rows}" for title, rows in lines], label)
    write = write_button("limits", label, *(change for _, change, _ in changes), is_sequence=False)
    parts = (
        common.heading("Change limits?"),
        Facts(rows=lines),
        common.line(text),
        ButtonRow(buttons=(write, keep_button("keep", "Keep as is"))),
    )
    return show(talk, request, text, parts)


def _meant(talk: Talk, request: LimitsRequest) -> tuple[EventType, ...]:
    """The type that was named, else every one of the person's own."""
    named = talk.event_type(request.event_type)
    if named is not None:
        return (named,)
    wanted = request.wanted.lower()
    own = [kind for kind in talk.context.event_types if not kind.team]
    fits = [kind for kind in own if wanted and wanted in kind.title.lower()]
    return tuple(fits or own)[:_MOST_TYPES]


def _change(kind: EventType, wishes: tuple[LimitWish, ...]) -> tuple[ChangeEventType, tuple[str, ...]]:
    """The write, and what differs as «before → after»."""
    change = ChangeEventType(event_type=kind.id, before=kind)
    rows: list[str] = []
    for wish in wishes:
        change, row = _with(change, kind, wish)
        if row:
            rows.append(row)
    return change, tuple(rows)


def _with(change: ChangeEventType, kind: EventType, wish: LimitWish) -> tuple[ChangeEventType, str]:
    length = timedelta(0) if wish.lifts or wish.length is None else wish.length
    match wish.kind:
        case LimitKind.BUFFER_BEFORE:
            row = words.buffer_before(kind.buffer_before, length)
            return replace(change, buffer_before=length), row
        case LimitKind.BUFFER_AFTER:
            return replace(change, buffer_after=length), words.buffer_after(kind.buffer_after, length)
        case LimitKind.NOTICE:
            return replace(change, minimum_notice=length), words.notice(kind.minimum_notice, length)
        case LimitKind.WINDOW:
            window = _window(wish)
            return replace(change, window=window), words.window(kind.window, window)
        case LimitKind.CAP:
            caps = _caps(kind, wish)
            return replace(change, caps=caps), words.caps(kind.caps, caps)
        case LimitKind.SEATS:
            seats = 0 if wish.lifts else wish.count or 0
            return replace(change, seats=seats), words.seats(kind.seats or 0, seats)
        case LimitKind.APPROVAL:
            return replace(change, needs_approval=not wish.lifts), words.approval(kind.needs_approval, not wish.lifts)
        case LimitKind.INTERVAL | LimitKind.LENGTHS | LimitKind.PLACE | LimitKind.QUESTION | LimitKind.DESCRIPTION:
            return _with_term(change, kind, wish)
        case _:
            assert_never(wish.kind)


def _with_term(change: ChangeEventType, kind: EventType, wish: LimitWish) -> tuple[ChangeEventType, str]:
    """What a type is, beside what limits it: how far apart, how long, where, what it asks."""
    if wish.kind is LimitKind.INTERVAL and wish.length:
        return replace(change, interval=wish.length), words.interval(kind.interval or kind.length, wish.length)
    if wish.kind is LimitKind.LENGTHS and wish.lengths:
        usual = kind.length if kind.length in wish.lengths else wish.lengths[0]
        lengths = (usual, *(one for one in wish.lengths if one != usual))
        return replace(change, lengths=lengths), words.lengths(kind.lengths, lengths)
    if wish.kind is LimitKind.PLACE and wish.place is not None:
        place = Place(kind=wish.place.kind, app=wish.place.app.replace(" ", "-"), detail=wish.place.detail)
        return replace(change, places=(place,)), words.places(kind.places, (place,))
    if wish.kind is LimitKind.DESCRIPTION and wish.text:
        return replace(change, description=wish.text), words.description(kind.description, wish.text)
    if wish.kind is LimitKind.QUESTION and wish.text:
        label = f"{wish.text[:1].upper()}{wish.text[1:]}"
        key = "-".join("".join(one if one.isalnum() else " " for one in label.lower()).split())[:_LONGEST_KEY]
        if not key or any(label.casefold() in {one.key.casefold(), one.label.casefold()} for one in kind.questions):
            return change, ""
        asked = Question(key=key, label=label, kind=QuestionKind.TEXT, is_required=True)
        return replace(change, questions=(*kind.questions, asked)), words.question(label)
    return change, ""


def _window(wish: LimitWish) -> BookingWindow:
    if wish.lifts or wish.length is None or wish.length < _DAY:
        return BookingWindow(kind=WindowKind.ANY)
    kind = WindowKind.WORKING_DAYS if wish.is_working else WindowKind.CALENDAR_DAYS
    return BookingWindow(kind=kind, days=wish.length // _DAY)


def _caps(kind: EventType, wish: LimitWish) -> tuple[Cap, ...]:
    """The caps there are, with the one of that period replaced."""
    if wish.lifts or not wish.count or wish.period not in set(Period):
        return ()
    period = Period(wish.period)
    kept = tuple(cap for cap in kind.caps if cap.period is not period or cap.count is None)
    return (*kept, Cap(period=period, count=wish.count))
