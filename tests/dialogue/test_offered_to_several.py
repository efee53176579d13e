"""Whatever is offered to several people: nobody who comes is busy, nobody comes outside of their hours unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st
from rooms import CONTEXT, KEY

from bot.dialogue.acts.together import TogetherFound
from bot.dialogue.cards import DecideAnew
from bot.dialogue.context import Step
from bot.dialogue.conversation import Conversation
from bot.dialogue.families import SlotRequest
from bot.dialogue.talk import Talk
from bot.dialogue.together import group
from bot.dialogue.together.company import people_of
from bot.language.meaning import Intent
from bot.scheduling.models import Person, Slot
from bot.scheduling.times import Interval
from bot.scheduling.together.common_time import find_common
from bot.scheduling.together.people import OFFICE_HOURS, Participant, Party, Source, key_of

_ZONES = ("Europe/Berlin", "America/New_York", "Asia/Tokyo", "Pacific/Auckland")
_MONDAYS = st.sampled_from([datetime(2026, 3, day, tzinfo=UTC) for day in (9, 23, 30)])
"""Around both clock changes of that spring."""
_NAMES = ("Bo Berg", "Cy Cole", "Di Dorn", "Ed Eder")


@st.composite
def searches(draw: st.DrawFn) -> tuple[SlotRequest, list[Participant], list[Slot]]:
    base = draw(_MONDAYS)
    quarters = draw(st.lists(st.integers(0, 4 * 24 * 4), min_size=1, max_size=30, unique=True))
    slots = [Slot(base + timedelta(minutes=15 * n), base + timedelta(minutes=15 * n + 30)) for n in sorted(quarters)]
    people, seen = [], []
    for name in _NAMES[: draw(st.integers(1, len(_NAMES)))]:
        zone = draw(st.sampled_from(_ZONES))
        person = Person(name=name, email=f"{name[:2].lower()}@acme.io", zone=zone, member=name[:2].lower())
        taken = draw(st.none() | st.lists(st.integers(0, 24 * 4), max_size=8))
        busy = None
        if taken is not None:
            busy = tuple(Interval(base + timedelta(hours=n), base + timedelta(hours=n + 1)) for n in sorted(taken))
        source = Source.HOURS if busy is None else Source.ACCOUNT
        people.append(person)
        seen.append(Participant(id=key_of(person), zone=ZoneInfo(zone), busy=busy, source=source))
    request = SlotRequest(
        intent=Intent.FIND_SLOTS,
        attendee=people[0],
        guests=tuple(people[1:]),
        is_either=draw(st.booleans()) and len(people) > 1,
        asked_at=base - timedelta(days=1),
    )
    return request, seen, slots


def answered(request: SlotRequest, seen: list[Participant], slots: list[Slot]) -> Step:
    now = slots[0].start - timedelta(days=1)
    context = replace(CONTEXT, now=now)
    talk = Talk(conversation=replace(Conversation(key=KEY), request=request), context=context)
    step = group.together_found(talk, TogetherFound(slots=(tuple(slots),), people=tuple(seen)))
    assert isinstance(step, Step)
    return step


@given(searches())
@settings(max_examples=120, deadline=None)
def test_no_time_offered_is_busy_for_who_comes_or_outside_of_their_hours_unsaid(
    search: tuple[SlotRequest, list[Participant], list[Slot]],
) -> None:
    request, seen, slots = search
    known = {one.id: one for one in seen}

    (card,) = answered(request, seen, slots).cards

    for option in card.options:
        wish = option.press.request if isinstance(option.press, DecideAnew) else None
        if not isinstance(wish, SlotRequest) or wish.slot is None:
            continue
        coming = [known[key_of(one)] for one in people_of(wish)]
        alone = [find_common((wish.slot,), (Party(anyone=(one,)),), zone=ZoneInfo("UTC")).times[0] for one in coming]
        free = [time for time in alone if not time.absent]
        if wish.is_either:
            assert free or "without" in option.label
            continue
        assert len(free) == len(alone) or "without" in option.label
        said = [time for time in free if time.stretched]
        assert len(said) == option.label.count(" for ") or option.label.endswith("…")


@given(searches(), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_in_which_order_people_are_named_changes_no_time(
    search: tuple[SlotRequest, list[Participant], list[Slot]], chance: object
) -> None:
    request, seen, slots = search
    order = list(range(len(seen)))
    chance.shuffle(order)  # type: ignore[attr-defined]  # hypothesis gives a Random
    people = [people_of(request)[number] for number in order]
    turned = replace(request, attendee=people[0], guests=tuple(people[1:]))

    first = answered(request, seen, slots).conversation.offered
    second = answered(turned, [seen[number] for number in order], slots).conversation.offered

    assert first == second


def test_office_hours_are_what_is_taken_for_hours_that_are_not_known() -> None:
    assert [(span.start.hour, span.end.hour, span.weekdays) for span in OFFICE_HOURS] == [(8, 18, (0, 1, 2, 3, 4))]
