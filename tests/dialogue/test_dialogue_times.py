"""How times are said."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from rooms import BERLIN, NOW, slot_at

from bot.dialogue.wording import account, managing, times
from bot.scheduling.models import Slot

TOKYO = ZoneInfo("Asia/Tokyo")


def test_a_stretch_names_weekday_date_time_and_zone() -> None:
    assert times.stretch(slot_at(date(2026, 3, 3), 14), BERLIN, NOW) == "Tue 3 Mar 14:00–14:30 Berlin"


def test_the_year_is_said_when_it_is_another() -> None:
    assert times.stretch(slot_at(date(2027, 1, 4), 9), BERLIN, NOW) == "Mon 4 Jan 2027 09:00–09:30 Berlin"


def test_another_zone_stands_beside_with_its_own_date() -> None:
    slot = slot_at(date(2026, 3, 3), 16)

    assert times.both(slot, BERLIN, (TOKYO,), NOW) == "Tue 3 Mar 16:00–16:30 Berlin (Wed 4 Mar 00:00–00:30 Tokyo)"


def test_the_same_zone_is_not_said_twice() -> None:
    assert times.both(slot_at(date(2026, 3, 3), 16), BERLIN, (BERLIN,), NOW) == "Tue 3 Mar 16:00–16:30 Berlin"


def test_a_slot_over_midnight_names_the_second_day() -> None:
    slot = Slot(datetime(2026, 3, 3, 22, 30, tzinfo=UTC), datetime(2026, 3, 3, 23, 30, tzinfo=UTC))

    assert times.stretch(slot, BERLIN, NOW) == "Tue 3 Mar 23:30–Wed 00:30 Berlin"


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(15, "15 min"), (60, "60 min"), (75, "75 min"), (90, "1 h 30 min"), (120, "2 h"), (480, "8 h")],
)
def test_a_length_is_said_in_what_people_say(minutes: int, said: str) -> None:
    assert times.length(timedelta(minutes=minutes)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ([date(2026, 3, 7)], "Sat 7 Mar"),
        ([date(2026, 3, 7), date(2026, 3, 8)], "Sat 7 Mar and Sun 8 Mar"),
        ([date(2026, 3, 9), date(2026, 3, 13)], "Mon 9 Mar to Fri 13 Mar"),
    ],
)
def test_days_are_joined(days: list[date], said: str) -> None:
    assert times.days(days, date(2026, 3, 2)) == said


@pytest.mark.parametrize(
    ("days", "said"),
    [((0, 1, 2, 3, 4), "Mon–Fri"), ((0, 2, 4), "Mon, Wed and Fri"), ((5, 6), "Sat and Sun"), ((4,), "Fri")],
)
def test_weekdays_are_shortened(days: tuple[int, ...], said: str) -> None:
    assert managing.weekdays(days) == said


def test_our_own_news_address_is_not_shown_whole() -> None:
    assert (
        account.hidden_url("https://pencil.example.com/webhooks/calcom/abc")
        == "https://pencil.example.com/webhooks/calcom/…"
    )
    assert account.hidden_url("https://hooks.example.com/in") == "https://hooks.example.com/in"
