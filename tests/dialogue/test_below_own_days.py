"""Short texts below cards of days off and of hours that go, two or three turns deep: other ends, days more, what stays."""

from __future__ import annotations

import pytest
from deeds import hours_written as written

UNTIL = "on Mon 2 Mar off; Tue 3 Mar off; Wed 4 Mar off; Thu 5 Mar off"


@pytest.mark.parametrize(
    "text",
    ["i'm sick until thursday", "i'm off until thursday", "bis donnerstag krank", "de baja hasta el jueves",
     "malato fino a giovedì", "ziek tot donderdag"],
)  # fmt: skip
def test_off_until_a_day_begins_today(text: str) -> None:
    assert written(text) == UNTIL


TURNS = [
    (("i'm off friday", "and monday", "actually monday only the morning"), "on Fri 6 Mar off; Mon 9 Mar 12:00–17:00"),
    (("freitag nachmittag bin ich weg", "und montag vormittag"), "on Fri 6 Mar 09:00–12:00; Mon 9 Mar 12:00–17:00"),
    (("block friday 2 to 4", "till 5"), "on Fri 6 Mar 09:00–14:00"),
    (("i'm off friday from 2", "till 4"), "on Fri 6 Mar 09:00–14:00; Fri 6 Mar 16:00–17:00"),
    (("no meetings after 4", "fridays after 2"), "Mon–Thu 09:00–16:00; Fri 09:00–14:00"),
    (("no calls after 4", "except thursdays", "and tuesdays"), "Mon, Wed and Fri 09:00–16:00; Tue and Thu 09:00–17:00"),
    (
        ("no calls after 4", "except thursdays", "no wait, except tuesdays"),
        "Mon, Wed, Thu and Fri 09:00–16:00; Tue 09:00–17:00",
    ),
    (
        ("lunch 12 to 1 every day", "not on fridays"),
        "Mon–Thu 09:00–12:00; Mon–Thu 13:00–17:00; Fri 09:00–17:00",
    ),
    (("lunch 12 to 1 every day",), "Mon–Fri 09:00–12:00; Mon–Fri 13:00–17:00"),
    (("mornings only on mondays",), "Mon 09:00–12:00; Tue–Fri 09:00–17:00"),
    (("estoy de vacaciones el viernes a partir de las 14",), "on Fri 6 Mar 09:00–14:00"),
]


@pytest.mark.parametrize(("texts", "hours"), TURNS)
def test_turns_below_a_card(texts: tuple[str, ...], hours: str) -> None:
    assert written(*texts) == hours


def test_the_week_after_is_another_week_off() -> None:
    days = written("i'm off next week", "no, the week after")

    assert days.startswith("on Mon 16 Mar off")
    assert "Mon 9 Mar" not in days


def test_a_day_that_somebody_is_there_stays_open_below_a_week_off() -> None:
    assert "Thu" not in written("nächste woche urlaub", "aber donnerstag bin ich da")


ASKED = [
    ("i'm off 9 to 13 march", "no, 16 to 20"),
    ("no meetings before 10 on mondays", "tuesdays too", "no, just tuesdays"),
    ("nobody can book me less than a day ahead",),
    ("only bookable 2 weeks ahead",),
]


@pytest.mark.parametrize("texts", ASKED)
def test_what_can_be_two_things_writes_nothing(texts: tuple[str, ...]) -> None:
    assert written(*texts) == ""


NEVER_LATER = [
    "fridays nothing after 6",
    "i stop at 5 every day",
    "nunca depois das 18h",
    "mai dopo le 18",
    "jamais après 18h",
]


@pytest.mark.parametrize("text", NEVER_LATER)
def test_no_later_than_a_clock_makes_no_day_longer(text: str) -> None:
    assert written(text) == ""
