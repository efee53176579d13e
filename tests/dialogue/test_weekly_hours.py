"""What is said of every week: hours that are closed go out of it, hours that are worked come in, nothing else changes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rooms import BERLIN, CONTEXT, Desk

from bot.dialogue.cards import WriteOut
from bot.dialogue.wording.managing import hours_of
from bot.scheduling.writes import ChangeSchedule


def week_after(text: str) -> str:
    """The week that the card of a text would write; empty when no card would."""
    talk = Desk(context=replace(CONTEXT, people=()), bookings=())
    card = talk.cards.get(talk.say(text).card)
    writes = (
        [write for option in card.options if isinstance(option.press, WriteOut) for write in option.press.writes]
        if card
        else []
    )
    weeks = [write.hours for write in writes if isinstance(write, ChangeSchedule) and write.hours]
    return "; ".join(hours_of(weeks[0], BERLIN)) if weeks else ""


@pytest.mark.parametrize(
    ("texts", "week"),
    [
        (
            ("no bookings on fridays after 2pm", "i don't work fridays after 2", "keep fridays after 2 clear",
             "close fridays after 14:00", "keine Termine freitags nach 14 Uhr"),
            "Mon–Thu 09:00–17:00; Fri 09:00–14:00",
        ),
        (
            ("don't let people book me before 10", "from now on no meetings before 10", "never book me before 10",
             "nobody can book me before 10am"),
            "Mon–Fri 10:00–17:00",
        ),
        (
            ("i don't want meetings after 4pm any more", "no more calls after 4pm", "nobody can book me after 4pm"),
            "Mon–Fri 09:00–16:00",
        ),
        (("my day starts at 8:30 now",), "Mon–Fri 08:30–17:00"),
        (("make me bookable 8 to 4", "i only want bookings 8 to 4"), "Mon–Fri 08:00–16:00"),
        (
            ("block every friday afternoon", "never book me on friday afternoons"),
            "Mon–Thu 09:00–17:00; Fri 09:00–12:00",
        ),
        (
            ("lunch break 12 to 1 every day", "i have lunch from 12 to 1 every day", "block 12-1 daily for lunch",
             "no meetings between 12 and 1", "i am never available between 12 and 1"),
            "Mon–Fri 09:00–12:00; Mon–Fri 13:00–17:00",
        ),
        (
            ("no more meetings on fridays", "no more fridays", "close fridays", "never book me on fridays",
             "keine Termine mehr freitags"),
            "Mon–Thu 09:00–17:00",
        ),
        (
            ("i'm never available tuesdays 12 to 2",),
            "Mon, Wed, Thu and Fri 09:00–17:00; Tue 09:00–12:00; Tue 14:00–17:00",
        ),
        (("i only work mornings on fridays",), "Mon–Thu 09:00–17:00; Fri 09:00–12:00"),
        (("i only work mondays and tuesdays", "i'm only available mondays and tuesdays"), "Mon and Tue 09:00–17:00"),
        (("mondays i only work until noon",), "Mon 09:00–12:00; Tue–Fri 09:00–17:00"),
        (("no calls mondays before 11 and fridays after 3",), "Mon 11:00–17:00; Tue–Thu 09:00–17:00; Fri 09:00–15:00"),
        (("set fridays 9 to 1",), "Mon–Thu 09:00–17:00; Fri 09:00–13:00"),
        (("i work 8 to 4 from now on",), "Mon–Fri 08:00–16:00"),
    ],
)  # fmt: skip
def test_the_week_is_what_was_said(texts: tuple[str, ...], week: str) -> None:
    assert {text: week_after(text) for text in texts} == dict.fromkeys(texts, week)


@pytest.mark.parametrize(
    "text",
    [
        "not at 10 on mondays, no calls then",
        "i'm off tomorrow after 3",
        "no meetings this friday after 2",
    ],
)
def test_what_is_not_read_as_a_whole_or_is_said_of_one_day_changes_no_week(text: str) -> None:
    assert not week_after(text)


@pytest.mark.parametrize(
    "text", ["fridays only until 2", "freitags nur bis 14 uhr", "on fridays i only work until 2pm"]
)
def test_only_until_a_clock_leaves_what_lies_before_it(text: str) -> None:
    assert week_after(text) == "Mon–Thu 09:00–17:00; Fri 09:00–14:00"


def test_days_of_an_earlier_wish_do_not_count_for_a_new_one() -> None:
    talk = Desk(context=replace(CONTEXT, people=()), bookings=())
    talk.say("i'm off friday")
    talk.say("no bookings on fridays after 2pm")

    assert "to Mon–Fri 10:00–17:00" in talk.say("no meetings before 10").text


KEPT = [
    ("nothing before 11 on wednesdays please", "Wed 11:00–17:00"),
    ("nothing after 3 on fridays", "Fri 09:00–15:00"),
    ("keep mornings free on mondays", "Mon 12:00–17:00"),
    ("stop taking meetings after 4", "Mon–Fri 09:00–16:00"),
    ("add saturdays 10 to 2", "Sat 10:00–14:00"),
    ("open up saturdays 10 to 2", "Sat 10:00–14:00"),
]


@pytest.mark.parametrize(("text", "hours"), KEPT)
def test_what_every_week_is_to_keep_or_to_gain(text: str, hours: str) -> None:
    reply = Desk(context=replace(CONTEXT, people=())).say(text)

    assert hours in reply.text.partition(" to ")[2]


@pytest.mark.parametrize("text", ["mondays off from may", "no meetings on fridays starting next month"])
def test_hours_of_every_week_cannot_begin_later_which_is_asked_about(text: str) -> None:
    desk = Desk(context=replace(CONTEXT, people=()))

    reply = desk.say(text)

    assert "cannot let them begin" in reply.text
    assert "Change the hours" in desk.press(reply, "From now on").text
