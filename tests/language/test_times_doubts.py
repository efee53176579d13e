"""What a time leaves open is a doubt with its readings; a date that does not exist never becomes another one in silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from bot.language.meaning import Doubt, DoubtKind, Moment, Reference
from bot.language.report import bounds
from bot.language.understand import understand

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 10, 0, tzinfo=BERLIN)  # a Monday
REFERENCE = Reference(now=NOW, zone=BERLIN)
NEW_YORK = replace(REFERENCE, zone=ZoneInfo("America/New_York"))


def starts(moments: tuple[Moment, ...], reference: Reference = REFERENCE) -> list[str]:
    return [str(bounds(moment, reference)["start"])[:16] for moment in moments]


def doubt_of(text: str, kind: DoubtKind, reference: Reference = REFERENCE) -> Doubt:
    return next(doubt for doubt in understand(text, reference).doubts if doubt.kind is kind)


MISSING = [
    "book ines on 30 february at 9",
    "meet the board 31 april 2027 14:00",
    "31st of november, 3pm",
    "june 31 at noon",
    "on 29 feb 2027",
    "hold february 30th",
    "32 march at 10",
    "free on 31/11?",
    "2027-02-30 at 9",
    "13/13/2027",
    "book ines on 13/13 at 10",
    "book ines on 45/2",
    "the fifth friday of february 2027",
    "friday 31 november at 4",
    "cancel my call on 31 june",
    "from 28 to 31 february",
    "Termin am 31. April um 9 Uhr",
    "am 31.11. um 9",
    "31. Juni 2027",
    "cita el 30 de febrero a las 16",
    "el 31/4 a las 9",
    "rendez-vous le 31 juin à 15h",
    "le 30 février",
    "riunione il 31 settembre alle 10",
    "reunião dia 31 de setembro às 10",
    "31 de junho",
    "2月30日下午3点",
    "11月31日10時に会議",
]


@pytest.mark.parametrize("text", MISSING)
def test_a_date_that_does_not_exist_names_no_time(text: str) -> None:
    read = understand(text, REFERENCE)

    assert [doubt.kind for doubt in read.doubts] == [DoubtKind.NO_SUCH_DATE]
    assert (read.moments, read.from_moment) == ((), None)


def test_a_date_that_does_not_exist_comes_with_the_days_beside_it() -> None:
    doubt = doubt_of("book ines on 31 november at 9", DoubtKind.NO_SUCH_DATE)

    assert starts(doubt.moments) == ["2026-11-30T09:00", "2026-12-01T09:00"]


def test_a_leap_day_without_a_year_is_the_next_there_is_and_asked_about() -> None:
    read = understand("29 february at 9", REFERENCE)

    assert starts(read.moments) == ["2028-02-29T09:00"]
    assert starts(read.doubts[0].moments) == ["2028-02-29T09:00", "2027-02-28T09:00", "2027-03-01T09:00"]


@pytest.mark.parametrize(
    "text",
    ["29 feb 2028", "31 december", "30 november", "the 31st", "28 february", "am 30.6. um 9", "31 mai", "le 31 mars"],
)
def test_a_date_that_exists_is_not_doubted(text: str) -> None:
    assert understand(text, REFERENCE).doubts == ()


CONTRADICTIONS = [
    (["2026-12-09T14:00", "2026-12-07T14:00"], "monday 9 december 2pm"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "december 9 (monday) at 14:00"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "Montag, den 9. Dezember um 14 Uhr"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "lunes 9 de diciembre a las 14"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "lundi 9 décembre à 14h"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "lunedì 9 dicembre alle 14"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "segunda, 9 de dezembro às 14h"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "12月9日周一下午2点"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "12月9日（月）14時"),
    (["2026-12-09T14:00", "2026-12-07T14:00"], "monday 2026-12-09 14:00"),
    (["2026-11-24T09:00", "2026-11-26T09:00"], "tomorrow, thursday at 9am"),
    (["2026-11-24T08:00", "2026-11-30T08:00"], "monday 24 november 8am"),
    (["2027-02-03T00:00", "2027-02-05T00:00"], "friday, february 3rd 2027"),
]


@pytest.mark.parametrize(("days", "text"), CONTRADICTIONS)
def test_a_weekday_against_its_date_gives_both_days_and_keeps_the_clock(days: list[str], text: str) -> None:
    assert starts(doubt_of(text, DoubtKind.CONTRADICTION).moments) == days


@pytest.mark.parametrize(
    "text",
    [
        "wednesday 9 december 2pm",
        "tuesday the 24th",
        "tomorrow, tuesday, at 3",
        "tomorrow, wednesday or friday",
        "today, tomorrow, friday",
        "tomorrow or friday",
        "Mittwoch, 9.12. um 14 Uhr",
        "samedi 5 décembre",
        "friday 27",
    ],
)
def test_a_weekday_that_fits_or_is_another_option_is_no_contradiction(text: str) -> None:
    assert understand(text, REFERENCE).doubts == ()


@pytest.mark.parametrize(
    ("first", "text"),
    [
        ("2026-12-12T00:00", "from 15 to 12 december"),
        ("2026-12-10T00:00", "december 20 to december 10"),
        ("2026-11-24T14:00", "15:00-14:00 tomorrow"),
        ("2026-11-23T15:00", "between 5pm and 3pm today"),
        ("2026-12-12T00:00", "vom 15. bis 12. Dezember"),
    ],
)
def test_a_range_that_ends_before_it_begins_names_no_time_and_is_offered_turned(first: str, text: str) -> None:
    read = understand(text, REFERENCE)

    assert read.moments == ()
    assert starts(doubt_of(text, DoubtKind.BACKWARD_RANGE).moments) == [first]


@pytest.mark.parametrize(
    "text", ["10pm to 2am", "dec 20 to jan 10", "friday to tuesday", "from 9 to 5", "22:00-06:00", "10 to 2"]
)
def test_a_range_past_midnight_or_new_year_goes_on(text: str) -> None:
    assert understand(text, REFERENCE).doubts == ()


@pytest.mark.parametrize(
    ("reference", "days", "text"),
    [
        (REFERENCE, ["2026-12-03T00:00", "2027-03-12T00:00"], "free on the 3/12?"),
        (NEW_YORK, ["2026-12-03T00:00", "2027-03-12T00:00"], "12/3"),
        (NEW_YORK, ["2026-12-09T00:00", "2027-09-12T00:00"], "the 9/12"),  # september is far
        (replace(REFERENCE, locale="en-US"), ["2027-01-05T00:00", "2027-05-01T00:00"], "1/5"),
        (replace(NEW_YORK, locale="en_GB"), ["2027-01-05T00:00", "2027-05-01T00:00"], "5/1"),
    ],
)
def test_figures_follow_the_region_unless_the_other_order_comes_soon(
    reference: Reference, days: list[str], text: str
) -> None:
    doubt = doubt_of(text, DoubtKind.TWO_ORDERS, reference)

    assert starts(doubt.moments, reference) == days
    assert starts(understand(text, reference).moments, reference) == days[:1]


@pytest.mark.parametrize(
    ("start", "text"),
    [
        ("2026-12-03T00:00", "thursday 3/12"),
        ("2026-12-25T00:00", "25/12"),
        ("2026-12-25T00:00", "12/25"),
        ("2026-12-03T00:00", "3/12/2026"),
        ("2026-12-12T00:00", "12/12"),
        ("2026-12-03T00:00", "am 3.12."),
        ("2027-03-12T00:00", "3/12开会"),
    ],
)
def test_figures_that_can_be_read_one_way_are_not_doubted(start: str, text: str) -> None:
    read = understand(text, REFERENCE)

    assert (starts(read.moments), read.doubts) == ([start], ())


TWO_DAYS = [
    "book ines today at 2pm on tuesday",
    "book ines thursday at 14:00 on friday",
    "book ines friday at 2pm, the 26th",
    "book ines friday at 2pm, 26 november",
    "buche ines am freitag um 14 uhr, den 26.",
]


@pytest.mark.parametrize("text", TWO_DAYS)
def test_a_second_day_behind_the_clock_contradicts_the_first(text: str) -> None:
    assert {at[11:] for at in starts(doubt_of(text, DoubtKind.CONTRADICTION).moments)} == {"14:00"}


DAY_AGAIN = [
    "book ines tomorrow at 2pm (tuesday)",
    "book ines tomorrow at 2pm on tuesday",
    "book ines tomorrow 2pm, i.e. tuesday",
    "book ines tomorrow at 2pm, that's tuesday",
    "book ines on tuesday at 2pm, the 24th",
    "book ines on tuesday at 2pm, 24 november",
    "buche ines am dienstag um 14 uhr, also am 24.",
    "reserva con ines mañana a las 14, martes",
]


@pytest.mark.parametrize("text", DAY_AGAIN)
def test_a_day_that_is_told_again_is_no_day_of_its_own(text: str) -> None:
    assert starts(understand(text, REFERENCE).moments) == ["2026-11-24T14:00"]


def test_of_two_orders_a_range_within_one_month_is_meant() -> None:
    moments = understand("what's free 12/1-12/4", REFERENCE).moments

    assert [(str(one.days.first), str(one.days.last)) for one in moments if one.days] == [("2026-12-01", "2026-12-04")]


@pytest.mark.parametrize(("text", "clock"), [("tomorrow 1/2 past 9", "09:30"), ("tomorrow at 1/4 past 3", "15:15")])
def test_a_written_fraction_of_an_hour_is_no_date(text: str, clock: str) -> None:
    assert starts(understand(f"book ines {text}", REFERENCE).moments) == [f"2026-11-24T{clock}"]


@pytest.mark.parametrize("thing", ["friday demo", "Q1 2027 review", "march plan"])
def test_a_thing_of_another_day_is_what_a_meeting_is_for(thing: str) -> None:
    assert starts(understand(f"book ines tomorrow 2pm for the {thing}", REFERENCE).moments) == ["2026-11-24T14:00"]
