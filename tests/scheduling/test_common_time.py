from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scheduling.models import Hours, Slot
from bot.scheduling.times import Interval, wall_to_instant
from bot.scheduling.together.common_time import find_common, without
from bot.scheduling.together.people import OFFICE_HOURS, CommonTime, Participant, Party, Rank

BERLIN, NEW_YORK, TOKYO = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), ZoneInfo("Asia/Tokyo")
MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
HALF = timedelta(minutes=30)


def at(hour: float, day: int = 0) -> Slot:
    """A half-hour slot so many hours (UTC) into that day."""
    start = MONDAY + timedelta(days=day, hours=hour)
    return Slot(start, start + HALF)


def busy(*hours: tuple[float, float], day: int = 0) -> tuple[Interval, ...]:
    return tuple(
        Interval(MONDAY + timedelta(days=day, hours=a), MONDAY + timedelta(days=day, hours=b)) for a, b in hours
    )


def one(
    name: str, *, zone: ZoneInfo = BERLIN, taken: tuple[Interval, ...] | None = (), is_required: bool = True
) -> Party:
    return Party(anyone=(Participant(id=name, zone=zone, busy=taken),), is_required=is_required)


def found(*slots: Slot, parties: list[Party], most: int = 5) -> tuple[CommonTime, ...]:
    return find_common(slots, parties, zone=BERLIN, most=most).times


def test_a_time_that_suits_all_comes_first() -> None:
    ana, bo = one("ana", taken=busy((8, 9))), one("bo", taken=busy((9, 10)))

    times = found(at(8), at(9), at(10), parties=[ana, bo])

    assert [(time.slot, time.absent) for time in times] == [(at(10), ()), (at(8), ("ana",)), (at(9), ("bo",))]
    assert times[0].suits_all


def test_a_busy_time_that_ends_as_the_slot_begins_does_not_clash() -> None:
    assert found(at(9), parties=[one("ana", taken=busy((8, 9), (9.5, 11)))])[0].suits_all


def test_somebody_optional_is_missed_before_somebody_needed() -> None:
    needed, optional = one("ana", taken=busy((9, 10))), one("bo", taken=busy((10, 11)), is_required=False)

    times = found(at(9), at(10), parties=[needed, optional])

    assert [time.absent for time in times] == [("bo",), ("ana",)]


def test_the_night_of_somebody_optional_is_no_sacrifice() -> None:
    ana, yuki = one("ana", taken=busy((8, 9))), one("yuki", zone=TOKYO, is_required=False)

    times = found(at(8), at(19), parties=[ana, yuki])

    assert [(time.slot, time.rank.sacrifices, time.rank.optional_absent) for time in times] == [
        (at(19), 0, 1),
        (at(8), 1, 0),
    ]


def test_a_zone_that_is_not_known_makes_no_hour_worse() -> None:
    jo = Party(anyone=(Participant(id="jo", zone=None),))

    assert [time.rank for time in found(at(3), at(9), parties=[jo])] == [Rank(0, 0, 0), Rank(0, 0, 0)]


def test_hours_outside_are_named() -> None:
    """15:00 in Berlin is 9:00 in New York, 13:00 is 7:00 there: an hour before the office opens."""
    times = found(at(12), at(14), parties=[one("ana"), one("bo", zone=NEW_YORK)])

    assert [(time.slot, time.stretched) for time in times] == [(at(14), ()), (at(12), ("bo",))]
    assert times[1].rank == Rank(0, 0, 3600)


def test_a_night_weighs_as_much_as_somebody_missing() -> None:
    times = found(at(8), at(19), parties=[one("ana", taken=busy((8, 9))), one("yuki", zone=TOKYO)])

    assert [(time.slot, time.rank.sacrifices) for time in times] == [(at(8), 1), (at(19), 1)]


def test_one_of_two_is_enough() -> None:
    ana = Participant(id="ana", zone=BERLIN, busy=busy((8, 9)))
    bo = Participant(id="bo", zone=BERLIN, busy=busy((9, 10)))

    times = found(at(8), at(9), parties=[Party(anyone=(ana, bo))])

    assert [(time.coming, time.absent) for time in times] == [(("bo",), ()), (("ana",), ())]


def test_who_was_checked_is_preferred_among_alternatives() -> None:
    unknown = Participant(id="ana", zone=BERLIN)
    known = Participant(id="bo", zone=BERLIN, busy=())

    assert found(at(9), parties=[Party(anyone=(unknown, known))])[0].coming == ("bo",)


def test_who_is_not_known_counts_as_free_and_as_not_checked() -> None:
    result = find_common([at(9)], [one("ana"), one("cy", taken=None)], zone=BERLIN)

    assert (result.checked, result.unchecked) == (("ana",), ("cy",))
    assert result.times[0].coming == ("ana", "cy")


def test_equally_good_times_are_spread_over_the_days() -> None:
    slots = [at(hour, day) for day in range(3) for hour in (8, 8.5, 9, 9.5)]

    times = found(*slots, parties=[one("ana")], most=4)

    assert [time.slot for time in times] == [at(8), at(9), at(8, 1), at(8, 2)]


def test_no_start_gives_no_time() -> None:
    assert found(parties=[one("ana")]) == ()


@pytest.mark.parametrize(
    ("day", "hour", "stretched"),
    [
        (datetime(2026, 3, 6, tzinfo=UTC), 14, ()),  # winter everywhere: 15:00, 9:00
        (datetime(2026, 3, 13, tzinfo=UTC), 13, ()),  # New York has moved: 14:00, 9:00
        (datetime(2026, 3, 13, tzinfo=UTC), 11.5, ("bo",)),  # 7:30 there
        (datetime(2026, 4, 3, tzinfo=UTC), 12, ()),  # summer: 14:00, 8:00
        (datetime(2026, 10, 28, tzinfo=UTC), 12, ()),  # Berlin has moved back: 13:00, 8:00
        (datetime(2026, 11, 4, tzinfo=UTC), 12, ("bo",)),  # both have: 13:00, 7:00
    ],
)
def test_hours_follow_both_clock_changes(day: datetime, hour: float, stretched: tuple[str, ...]) -> None:
    start = day + timedelta(hours=hour)

    times = found(Slot(start, start + HALF), parties=[one("ana"), one("bo", zone=NEW_YORK)])

    assert times[0].stretched == stretched


def test_what_a_page_does_not_offer_is_busy() -> None:
    window = busy((8, 12))[0]

    assert without([at(9), at(9.5), at(11)], window) == busy((8, 9), (10, 11), (11.5, 12))
    assert without([], window) == (window,)
    assert without([at(8)], busy((8, 8.5))[0]) == ()


# ── whatever is asked ──────────────────────────────────────────────────────────────────────────────────────────────────

_QUARTERS = st.integers(0, 4 * 24 * 5)
_ZONES = st.sampled_from([BERLIN, NEW_YORK, TOKYO, ZoneInfo("Asia/Kolkata"), ZoneInfo("Pacific/Auckland")])
_MONDAYS = st.sampled_from([MONDAY, datetime(2026, 3, 27, tzinfo=UTC), datetime(2026, 10, 23, tzinfo=UTC)])


def _interval(base: datetime, quarter: int, quarters: int) -> Interval:
    start = base + timedelta(minutes=15 * quarter)
    return Interval(start, start + timedelta(minutes=15 * quarters))


@st.composite
def searches(draw: st.DrawFn) -> tuple[list[Slot], list[Party]]:
    base = draw(_MONDAYS)
    length = draw(st.sampled_from([15, 30, 60]))
    starts = [base + timedelta(minutes=15 * n) for n in draw(st.lists(_QUARTERS, min_size=1, max_size=25))]
    slots = [Slot(start, start + timedelta(minutes=length)) for start in starts]
    spans = st.builds(_interval, st.just(base), _QUARTERS, st.integers(1, 20))
    hours = st.sampled_from([OFFICE_HOURS, (Hours(weekdays=(0, 2, 4), start=time(22), end=time(0)),), ()])
    numbers = iter(range(100))
    people = st.builds(
        lambda zone, taken, own: Participant(id=f"p{next(numbers)}", zone=zone, busy=taken, hours=own),
        _ZONES,
        st.none() | st.lists(spans, max_size=6).map(tuple),
        hours,
    )
    party = st.builds(
        lambda anyone, needed: Party(anyone=tuple(anyone), is_required=needed),
        st.lists(people, min_size=1, max_size=2),
        st.booleans(),
    )
    return slots, draw(st.lists(party, min_size=1, max_size=5))


@pytest.mark.slow
@given(searches())
@settings(max_examples=150, deadline=None)
def test_who_comes_is_never_busy_and_never_outside_their_hours_unsaid(search: tuple[list[Slot], list[Party]]) -> None:
    slots, parties = search
    people = {person.id: person for party in parties for person in party.anyone}

    for time_ in find_common(slots, parties, zone=BERLIN).times:
        assert len(time_.coming) + sum(
            1 for party in parties if {p.id for p in party.anyone} <= set(time_.absent)
        ) == len(parties)
        for name in time_.coming:
            person = people[name]
            assert not any(taken.overlaps(time_.slot.interval) for taken in person.busy or ())
            assert name in time_.stretched or _is_inside(person, time_.slot)


@pytest.mark.slow
@given(searches())
@settings(max_examples=100, deadline=None)
def test_nothing_left_out_is_better_than_what_is_offered(search: tuple[list[Slot], list[Party]]) -> None:
    slots, parties = search

    every = {t.slot: t.rank for t in find_common(slots, parties, zone=BERLIN, most=len(slots)).times}
    offered = find_common(slots, parties, zone=BERLIN, most=3).times
    left_out = every.keys() - {time_.slot for time_ in offered}

    assert set(every) == set(slots)
    assert all(time_.rank <= every[slot] for time_ in offered for slot in left_out)


@pytest.mark.slow
@given(searches(), st.randoms(use_true_random=False))
@settings(max_examples=100, deadline=None)
def test_the_order_of_people_does_not_matter(search: tuple[list[Slot], list[Party]], chance: object) -> None:
    slots, parties = search
    mixed, mixed_slots = list(parties), list(slots)
    chance.shuffle(mixed)  # type: ignore[attr-defined]  # hypothesis gives a Random
    chance.shuffle(mixed_slots)  # type: ignore[attr-defined]  # as above
    turned = [Party(anyone=party.anyone[::-1], is_required=party.is_required) for party in mixed]

    assert find_common(mixed_slots, turned, zone=BERLIN) == find_common(slots, parties, zone=BERLIN)


def _is_inside(person: Participant, slot: Slot) -> bool:
    """Whether the slot lies in the person's hours, minute by minute of their wall clock."""
    assert person.zone is not None
    day = slot.start.astimezone(person.zone).date()
    spans = []
    for around in (-1, 0, 1):
        that = day + timedelta(days=around)
        for span in person.hours:
            if that.weekday() in span.weekdays:
                last = that + timedelta(days=1) if span.end <= span.start else that
                spans.append(
                    (wall_to_instant(that, span.start, person.zone), wall_to_instant(last, span.end, person.zone))
                )
    minute, covered = slot.start, True
    while minute < slot.end:
        covered = covered and any(start <= minute < end for start, end in spans)
        minute += timedelta(minutes=5)
    return covered
