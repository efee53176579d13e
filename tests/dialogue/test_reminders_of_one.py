"""Of which meetings a reminder is: of one that is named or was spoken of, of all, or asked."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with
from rooms import booking_with

from bot.dialogue.acts import Prefer, Remind

LENA, OMAR = (
    booking_with("Lena Vogt", date(2026, 3, 5), 14),
    booking_with("Omar Haddad", date(2026, 3, 6), 15, number=2),
)


@pytest.mark.parametrize(
    "text",
    [
        "remind me an hour before", "remind me an hour before it", "erinnere mich 10 minuten vorher",
        "recuérdame una hora antes",
        "rappelle-moi une heure avant", "ricordami un'ora prima",
    ],
)  # fmt: skip
def test_a_reminder_of_nothing_in_particular_asks_of_which(text: str) -> None:
    talk = desk_with((LENA, OMAR))
    reply = talk.say(text)

    assert not [effect for effect in talk.effects if isinstance(effect, Prefer | Remind)]
    assert [choice.label for choice in reply.choices] == ["Before the next one", "Before every meeting"]
    assert "Lena" in talk.press(reply, "Before the next one").text


def test_below_a_meeting_it_is_of_that_one() -> None:
    talk = desk_with((OMAR,))
    talk.say("when do i meet omar?")

    assert "remind you of Intro with Omar Haddad on Fri 6 Mar 14:00" in talk.say("remind me an hour before").text


@pytest.mark.parametrize(
    "text",
    [
        "remind me an hour before the one with omar, not the others", "erinnere mich eine stunde vorher an omar",
        "remind me about omar an hour before",
    ],
)  # fmt: skip
def test_a_reminder_of_one_leaves_the_others(text: str) -> None:
    talk = desk_with((LENA, OMAR))

    assert "remind you of Intro with Omar Haddad on Fri 6 Mar 14:00" in talk.say(text).text
    assert not [effect for effect in talk.effects if isinstance(effect, Prefer)]


@pytest.mark.parametrize(
    "text",
    [
        "remind me 10 minutes before my meetings",
        "erinnere mich 10 minuten vor terminen",
        "recuérdame 10 min antes de mis reuniones",
    ],
)
def test_a_reminder_of_meetings_is_of_all(text: str) -> None:
    talk = desk_with((LENA, OMAR))
    talk.say(text)

    assert [effect for effect in talk.effects if isinstance(effect, Prefer)]
