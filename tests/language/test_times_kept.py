"""What is kept beside a time: how sure each part is, the rival reading, zones, exclusions, the time to be moved."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from reading_corpus import BERLIN, REFERENCE, written

from bot.language.meaning import Certainty, Grain, Moment, Open, Reference
from bot.language.normalise import normalise
from bot.language.times.moments import TimesRead, read_moments


def read(text: str, reference: Reference = REFERENCE) -> TimesRead:
    return read_moments(normalise(text), reference)


def only(text: str, reference: Reference = REFERENCE) -> Moment:
    (moment,) = read(text, reference).moments
    return moment


def at(text: str) -> Reference:
    return Reference(now=datetime.fromisoformat(text), zone=BERLIN)


def test_a_day_that_was_not_said_is_implied() -> None:
    moment = only("at 3")

    assert moment.days is not None
    assert moment.days.certainty is Certainty.IMPLIED


def test_a_day_that_was_said_is_known() -> None:
    moment = only("tomorrow at 3")

    assert moment.days is not None
    assert moment.days.certainty is Certainty.KNOWN


def test_a_bare_hour_keeps_its_rival() -> None:
    moment = only("tomorrow at 7")

    assert moment.hours is not None
    assert {moment.hours.start, moment.hours.other} == {time(7), time(19)}


@pytest.mark.parametrize("text", ["tomorrow 7pm", "tomorrow 19:00", "tomorrow at 7 in the evening", "tomorrow 07:00"])
def test_a_clear_hour_has_no_rival(text: str) -> None:
    moment = only(text)

    assert moment.hours is not None
    assert moment.hours.other is None


@pytest.mark.parametrize("text", ["3ish tomorrow", "tomorrow around 3", "tomorrow at about 3pm", "noonish tomorrow"])
def test_an_approximate_clock_is_marked(text: str) -> None:
    moment = only(text)

    assert moment.hours is not None
    assert moment.hours.is_approximate


def test_a_part_of_day_keeps_its_name() -> None:
    moment = only("tomorrow morning")

    assert moment.hours is not None
    assert (moment.hours.name, moment.grain) == ("morning", Grain.PART)


@pytest.mark.parametrize(
    ("text", "zone", "hour"),
    [
        ("3pm london time wednesday", "Europe/London", 15),
        ("tomorrow 3pm PT", "America/Los_Angeles", 0),
        ("10am UTC+2 tomorrow", "Etc/GMT-2", 8),
        ("tomorrow 9:00 JST", "Asia/Tokyo", 0),
        ("3pm my time", "Europe/Berlin", 14),
    ],
)
def test_a_zone_that_was_named_is_applied(text: str, zone: str, hour: int) -> None:
    moment = only(text)

    assert moment.zone == zone
    window = moment.windows(date(2026, 3, 2), BERLIN)[0]
    assert window.start.hour == hour if hour else window.start.astimezone(ZoneInfo(zone)).hour in {9, 15}


@pytest.mark.parametrize("text", ["dinner tomorrow at 7", "drinks with Lee tomorrow at 7"])
def test_what_happens_in_the_evening_is_not_at_seven_in_the_morning(text: str) -> None:
    assert written(only(text)) == "2026-03-03T19:00 minute"


def test_an_ambiguous_zone_keeps_its_candidates() -> None:
    found = read("friday 10am CST")

    assert found.zones == ("America/Chicago", "Asia/Shanghai")


def test_a_city_behind_in_is_a_place_and_no_zone() -> None:
    assert read("tomorrow at 3 in paris").zone is None


def test_a_lone_city_answers_which_zone() -> None:
    assert read("chicago").zone == "America/Chicago"


@pytest.mark.parametrize(
    ("text", "excluded"),
    [
        ("not monday", ["2026-03-09 day"]),
        ("next week except wednesday", ["2026-03-11 day"]),
        ("any day next week but not tue or wed", ["2026-03-10 day", "2026-03-11 day"]),
        ("any day next week but friday", ["2026-03-13 day"]),
        ("skip the 15th", ["2026-03-15 day"]),
    ],
)
def test_exclusions_stand_apart(text: str, excluded: list[str]) -> None:
    assert [written(moment) for moment in read(text).excluded] == excluded


@pytest.mark.parametrize(
    ("text", "source", "target"),
    [
        ("move tuesday's 3pm to friday", "2026-03-03T15:00 minute", "2026-03-06 day"),
        ("move my 3pm to 5pm", "2026-03-02T15:00 minute", "2026-03-02T17:00 minute"),
        ("reschedule the sync from tomorrow to thursday", "2026-03-03 day", "2026-03-05 day"),
        ("friday instead of thursday", "2026-03-05 day", "2026-03-06 day"),
        ("shift the 10am with Sam tomorrow to friday at 2", "2026-03-03T10:00 minute", "2026-03-06T14:00 minute"),
        ("reschedule my 9am on wednesday to 10:30", "2026-03-04T09:00 minute", "2026-03-04T10:30 minute"),
        (
            "move my 10-11 tomorrow to 2-3",
            "2026-03-03T10:00..2026-03-03T11:00 minute",
            "2026-03-03T14:00..2026-03-03T15:00 minute",
        ),
        ("postpone the friday meeting until monday", "2026-03-06 day", "2026-03-09 day"),
        ("3pm rather than 2pm on friday", "2026-03-06T14:00 minute", "2026-03-06T15:00 minute"),
        ("can we do 4 instead of 3", "2026-03-02T15:00 minute", "2026-03-02T16:00 minute"),
        ("swap tuesday's session for thursday", "2026-03-03 day", "2026-03-05 day"),
    ],
)
def test_the_time_to_be_moved_is_told_from_the_new_one(text: str, source: str, target: str) -> None:
    found = read(text)

    assert found.from_moment is not None
    assert written(found.from_moment) == source
    assert [written(moment) for moment in found.moments] == [target]


@pytest.mark.parametrize("text", ["asap", "as soon as possible", "next available", "at the earliest"])
def test_the_soonest_is_open_from_now(text: str) -> None:
    moment = only(text)

    assert (moment.rule, moment.open, moment.exact) == ("soonest", Open.AFTER, REFERENCE.now.astimezone(UTC))


@pytest.mark.parametrize("text", ["any time", "whenever works"])
def test_any_time_is_open_from_now_when_nothing_else_was_said(text: str) -> None:
    assert only(text).rule == "anytime"
    assert only(f"{text} tomorrow").rule != "anytime"


def test_a_date_token_of_slack_is_exact() -> None:
    assert only("book <!date^1772460000^{date_short}|2 March>").exact == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)


def test_a_clock_that_is_over_means_tomorrow() -> None:
    assert written(only("9:00")) == "2026-03-03T09:00 minute"


def test_a_bare_hour_that_is_over_today_means_the_evening() -> None:
    assert written(only("today at 8")) == "2026-03-02T20:00 minute"


def test_a_skipped_hour_moves_forward_by_the_gap() -> None:
    moment = only("29 march 2026 at 2:30 am")

    assert moment.windows(date(2026, 3, 2), BERLIN)[0].start == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)


def test_a_repeated_hour_is_the_earlier_one() -> None:
    moment = only("25 october 2026 at 2:30 am")

    assert moment.windows(date(2026, 3, 2), BERLIN)[0].start == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


def test_the_day_is_that_of_the_named_zone() -> None:
    moment = only("today 6pm PT", at("2026-03-03T07:00:00+01:00"))

    assert moment.windows(date(2026, 3, 3), BERLIN)[0].start == datetime(2026, 3, 3, 2, 0, tzinfo=UTC)


def test_days_and_hours_stand_in_the_span_they_were_said_in() -> None:
    text = "please book Lee tomorrow at 3pm ok"
    moment = only(text)

    assert text[moment.span.start : moment.span.end] == "tomorrow at 3pm"
