"""What is asked for beside a meeting, and is none: reminders of other things, rooms, several meetings at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import CONTEXT, Desk, booking_with


def desk() -> Desk:
    return Desk(context=replace(CONTEXT, people=()))


@pytest.mark.parametrize(
    "text",
    [
        "remind me on thursday at 9 to ring sam@example.org",
        "set a reminder for wednesday 10am to water the plants",
        "remind us tomorrow at 3 that sam@example.org is back",
        "erinner mich morgen um 9 an sam@example.org",
        "rappelle-moi demain à 9h d'appeler sam@example.org",
        "recuérdame mañana a las 9 llamar a sam@example.org",
        "ricordami domani alle 9 di chiamare sam@example.org",
        "herinner me morgen om 9 aan sam@example.org",
    ],
)
def test_a_reminder_of_something_else_is_no_meeting(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "I remind you of meetings only" in reply.text
    assert not offered(talk, reply)


@pytest.mark.parametrize(
    "text", ["remind me every morning of my meetings", "erinnere mich jeden morgen an meine termine"]
)
def test_a_daily_reminder_of_all_meetings_is_the_agenda(text: str) -> None:
    assert "every" in desk().say(text).text


def test_a_reminder_names_whose_meeting() -> None:
    talk = desk_with((booking_with("Nora Vale", date(2026, 3, 5), 11),))

    assert "Nora" in talk.say("remind me 15 minutes before nora").text
    assert "no meeting ahead with" in talk.say("remind me 15 minutes before omar").text


@pytest.mark.parametrize("text", ["reserve the boardroom on thursday at 10", "book meeting room 2 on thursday at 10"])
def test_a_room_alone_cannot_be_reserved(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "cannot reserve rooms" in reply.text
    assert not offered(talk, reply)


def test_a_room_beside_somebody_is_said_to_be_none() -> None:
    talk = desk()

    reply = talk.say("book the boardroom on thursday at 10 for sam@example.org")

    assert "book sam@example.org" in " ".join(offered(talk, reply))
    assert "none is reserved" in reply.text


@pytest.mark.parametrize(
    "text", ["book 2 meetings with sam@example.org on thursday", "book three sessions with sam@example.org"]
)
def test_several_meetings_at_once_are_one_at_a_time(text: str) -> None:
    assert "one meeting at a time" in desk().say(text).text


@pytest.mark.parametrize(
    "text",
    [
        "book a meeting with sam@example.org thursday",
        "book two sessions with sam@example.org, thursday and friday at 10",
    ],
)
def test_one_meeting_and_two_named_times_are_what_they_are(text: str) -> None:
    assert "one meeting at a time" not in desk().say(text).text
