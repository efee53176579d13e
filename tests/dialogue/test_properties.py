"""What holds for every conversation: nothing raises, what is known stays known, and every write stands on a card."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rooms import CONTEXT, KEY, NOW, Desk, booking_with, slot_at

from bot.dialogue.acts import (
    BookingsFound,
    Chose,
    Done,
    Failed,
    FindBookings,
    FindSlots,
    ForgetMe,
    Found,
    Look,
    Opened,
    Performed,
    Said,
    SlotsFound,
    Submitted,
)
from bot.dialogue.cards import WriteOut
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import SlotRequest
from bot.dialogue.machine import advance, heard, settle
from bot.dialogue.talk import Talk
from bot.errors import NotConnected, NotFound, ProviderDown, SlotTaken
from bot.language.meaning import (
    LAST,
    Days,
    Frequency,
    Hours,
    Intent,
    Keep,
    Moment,
    Open,
    Recurrence,
    Span,
    Understanding,
)
from bot.scheduling.ledger import ClaimVerdict
from bot.scheduling.models import BookingQuery

if TYPE_CHECKING:
    from bot.dialogue.context import Context, Step

_DAYS = st.dates(min_value=date(2026, 2, 20), max_value=date(2027, 4, 30))
_CLOCKS = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
_ZONES = st.sampled_from([None, "Europe/London", "America/Chicago", "Asia/Tokyo"])


@st.composite
def _hours(draw: st.DrawFn) -> Hours:
    start = draw(st.none() | _CLOCKS)
    return Hours(start=start, end=draw(_CLOCKS if start is None else st.none() | _CLOCKS))


@st.composite
def _days(draw: st.DrawFn) -> Days:
    first = draw(_DAYS)
    return Days(first=first, last=first + timedelta(days=draw(st.integers(0, 40))))


@st.composite
def _moments(draw: st.DrawFn) -> Moment:
    return Moment(
        span=Span(0, 0),
        grain="minute",  # type: ignore[arg-type]  # a grain's own text
        days=draw(st.none() | _days()),
        hours=draw(st.none() | _hours()),
        open=draw(st.none() | st.sampled_from(list(Open))),
        zone=draw(_ZONES),
        exact=draw(st.none() | st.just(NOW + timedelta(hours=3))),
    )


_RECURRENCES = st.builds(
    Recurrence,
    frequency=st.sampled_from(list(Frequency)),
    interval=st.integers(1, 3),
    weekdays=st.lists(st.integers(0, 6), max_size=2, unique=True).map(tuple),
    nth=st.sampled_from([(), (1,), (1, 3), (-1,)]),
    month_days=st.sampled_from([(), (15,), (31,), (-1,)]),
    count=st.none() | st.integers(1, 20),
    until=st.none() | st.just(NOW.date() + timedelta(days=20)),
)
UNDERSTANDINGS = st.builds(
    Understanding,
    text=st.sampled_from(
        ["", "make it 4", "yes hes sick", "cancel everything", "hide it", "keep it", "something later", "an hour later"]
    ),
    intent=st.sampled_from(list(Intent)),
    moments=st.lists(_moments(), max_size=2).map(tuple),
    from_moment=st.none() | _moments(),
    excluded=st.lists(_moments(), max_size=1).map(tuple),
    recurrence=st.none() | _RECURRENCES,
    length=st.none() | st.sampled_from([timedelta(minutes=n) for n in (15, 30, 45, 60, 240)]),
    people=st.lists(st.sampled_from(["Sam", "dana", "Priya Raman"]), max_size=2).map(tuple),
    emails=st.lists(st.sampled_from(["sam@example.org", "dana@acme.io"]), max_size=2).map(tuple),
    mentions=st.lists(st.sampled_from(["dana", "ana", "nobody"]), max_size=1).map(tuple),
    event_type=st.none() | st.sampled_from(["Intro", "Deep dive", "Gone"]),
    named_type=st.sampled_from(["", "intro", "coffee"]),
    reason=st.sampled_from(["", "sick"]),
    zone=_ZONES,
    zones=st.sampled_from([(), ("America/Chicago", "Asia/Shanghai")]),
    choice=st.none() | st.sampled_from([1, 2, 9, LAST]),
    keeps=st.frozensets(st.sampled_from(list(Keep)), max_size=2),
    details=st.lists(
        st.tuples(
            st.sampled_from(["name", "new_name", "url", "provider", "username", "hidden"]),
            st.sampled_from(["calendly", "x", "yes"]),
        ),
        max_size=2,
    ).map(tuple),
)
_BOOKINGS = (
    booking_with("Sam Reed", date(2026, 3, 3), 10),
    booking_with("Priya Raman", date(2026, 3, 4), 11, number=2),
)
_ERRORS = (ProviderDown(), NotFound(), NotConnected(repair=True), SlotTaken())
_SLOTS = SlotsFound(slots=((slot_at(date(2026, 3, 3), 14), slot_at(date(2026, 3, 4), 9)), ()))
OUTCOMES = st.sampled_from(
    [
        _SLOTS,
        SlotsFound(slots=()),
        BookingsFound(bookings=_BOOKINGS),
        BookingsFound(bookings=()),
        Done(effect=ForgetMe()),
        *(Found(what=what, values=values) for what in Look for values in ((), _BOOKINGS[:1])),
        *(
            Failed(effect=effect, error=error)
            for effect in (FindSlots(queries=()), FindBookings(query=BookingQuery()))
            for error in _ERRORS
        ),
        *(Performed(card="card1", option="book", verdict=verdict) for verdict in ClaimVerdict),
        Performed(card="card1", option="book", verdict=ClaimVerdict.WON, gone=(slot_at(date(2026, 3, 3), 14),)),
    ]
)
TURNS = st.one_of(
    st.builds(
        Said, text=st.sampled_from(["", "book intro with dana@acme.io tuesday 2pm", "the second one", "🎉", "a" * 4000])
    ),
    st.builds(
        Chose,
        card=st.sampled_from(["card1", "nothing"]),
        option=st.sampled_from(["book", "hold", "edit", "s1", "more", "zz"]),
    ),
    st.builds(
        Submitted,
        card=st.just("card1"),
        option=st.sampled_from(["edit", "zz"]),
        values=st.lists(
            st.tuples(st.sampled_from(["email", "name", "day", "host", "guests", "q:x"]), st.text(max_size=12)),
            max_size=3,
        ).map(tuple),
    ),
    st.just(Opened()),
)
_EXAMPLES = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def _is_sound(step: Step) -> bool:
    """A reply's buttons are options of the card that comes with it, and writes stand on cards only."""
    if step.reply is None:
        return step.effect is not None
    offered = {option.id for card in step.cards if card.id == step.reply.card for option in card.options}
    shown = {choice.id for choice in step.reply.choices}
    return shown <= offered and all(
        option.writes for card in step.cards for option in card.options if isinstance(option.press, WriteOut)
    )


def answer(conversation: Conversation, understanding: Understanding, context: Context) -> Step:
    """What the machine makes of a text that has been read."""
    talk = Talk(conversation=conversation, context=context).fresh_turn(is_press=False)
    return settle(heard(talk, understanding), context)


@pytest.mark.slow
@_EXAMPLES
@given(st.lists(UNDERSTANDINGS, min_size=1, max_size=4))
def test_no_text_makes_it_raise(understandings: list[Understanding]) -> None:
    desk = Desk(bookings=_BOOKINGS)

    for understanding in understandings:
        step = answer(desk.conversation, understanding, replace(CONTEXT, fresh_id=f"t{desk.steps}"))
        desk.steps += 1
        desk.conversation = step.conversation
        for _ in range(8):
            assert _is_sound(step)
            if step.effect is None:
                break
            step = advance(desk.conversation, desk.do(step.effect), replace(CONTEXT, fresh_id=f"o{desk.steps}"))
            desk.steps += 1
            desk.conversation = step.conversation
        assert step.reply is not None


@_EXAMPLES
@given(UNDERSTANDINGS, OUTCOMES, st.booleans())
def test_no_outcome_makes_it_raise(understanding: Understanding, outcome: object, has_account: bool) -> None:  # noqa: FBT001
    context = (
        CONTEXT if has_account else replace(CONTEXT, account=None, capabilities=None, profile=None, event_types=())
    )
    first = answer(Conversation(key=KEY), understanding, context)

    step = advance(first.conversation, outcome, context)  # type: ignore[arg-type]  # any outcome

    assert _is_sound(step)


@pytest.mark.slow
@_EXAMPLES
@given(st.lists(TURNS, min_size=1, max_size=3))
def test_no_turn_makes_it_raise(turns: list[object]) -> None:
    desk = Desk(bookings=_BOOKINGS)
    desk.say("book intro with dana@acme.io tuesday 2pm")

    for turn in turns:
        reply = desk.take(turn)  # type: ignore[arg-type]  # any turn
        assert reply.text or reply.is_silent or reply.form


@_EXAMPLES
@given(
    st.sampled_from(
        ["thursday instead", "make it 4", "after 3", "an hour later", "same time friday", "make it an hour"]
    )
)
def test_a_follow_up_keeps_the_attendee(text: str) -> None:
    desk = Desk()
    desk.say("book intro with dana@acme.io tuesday 2pm")

    desk.say(text)

    request = desk.conversation.request
    assert isinstance(request, SlotRequest)
    assert request.attendee is not None
    assert request.attendee.email == "dana@acme.io"


@pytest.mark.slow
@_EXAMPLES
@given(UNDERSTANDINGS)
def test_read_only_never_offers_a_write(understanding: Understanding) -> None:
    desk = Desk(context=replace(CONTEXT, is_read_only=True), bookings=_BOOKINGS)
    step = answer(desk.conversation, understanding, desk.context)
    desk.conversation = step.conversation
    while step.effect is not None:
        step = advance(desk.conversation, desk.do(step.effect), desk.context)
        desk.conversation = step.conversation

    assert not [o for card in step.cards for o in card.options if isinstance(o.press, WriteOut)]


@pytest.mark.slow
@_EXAMPLES
@given(st.lists(st.integers(0, 30), max_size=8), st.integers(0, 20))
def test_every_slot_offered_is_one_that_was_found(taken: list[int], hour: int) -> None:
    desk = Desk()
    day = date(2026, 3, 3)
    desk.taken = {slot_at(day, 9 + n // 2 % 8, 30 * (n % 2)) for n in taken}

    reply = desk.say(f"book intro with dana@acme.io tuesday {hour:02d}:00")

    found = set(desk._free(NOW, NOW + timedelta(days=15), "1"))
    assert set(desk.conversation.offered) <= found
    request = desk.conversation.request
    assert isinstance(request, SlotRequest)
    assert request.slot is None or request.slot in found
    assert reply.text


def test_a_card_in_public_is_personal() -> None:
    desk = Desk(context=replace(CONTEXT, is_public=True))

    reply = desk.say("book intro with dana@acme.io tuesday 2pm")

    assert reply.is_personal
    assert "@" not in reply.trace
