"""A question about the open card, and what follows a yes: the card stays, and nothing of it is told as a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from deeds import desk_with, offered
from rooms import CONTEXT, DEEP, INTRO, Desk, booking_with

from bot.scheduling.models import EventType, Question, QuestionKind
from bot.scheduling.writes import BookSlot, CancelBooking


def _desk() -> Desk:
    return desk_with(
        (
            booking_with("Lena Ostrow", date(2026, 3, 5), 10, number=1),
            booking_with("Omar Haddad", date(2026, 3, 5), 14, number=2),
            booking_with("Sam Ng", date(2026, 3, 6), 11, number=3),
        )
    )


_BOOK, _BOOKED = "book kim@example.org friday 2pm", {"book kim@example.org 06 13:00 1"}


@pytest.mark.parametrize(
    "text",
    [
        *("how long is that?", "who is kim?", "what day is that", "how long?", "does kim get an email?", "where?"),
        *("wie lange dauert das?", "mit wem?", "welcher tag ist das", "hm, isn't that a holiday?", "¿con quién?"),
    ],
)
def test_a_question_about_the_card_shows_it_again(text: str) -> None:
    desk = _desk()
    desk.say(_BOOK)

    reply = desk.say(text)

    assert reply.text.startswith("This is all that I can tell of it: Intro (30 min) with Kim")
    assert offered(desk, reply) == _BOOKED


@pytest.mark.parametrize("text", ["when is it again?", "what's it about?", "will she be notified?"])
def test_a_question_below_a_cancelling_card_shows_that_one(text: str) -> None:
    desk = _desk()
    desk.say("cancel lena")

    assert offered(desk, desk.say(text)) == {"cancel b1"}


def test_without_a_card_a_question_is_not_for_us() -> None:
    assert "I only do scheduling" in _desk().say("how long is that?").text


@pytest.mark.parametrize(
    "text", ["what time is that in tokyo?", "what's that in tokyo time", "wie spät ist das in tokio"]
)
def test_the_time_of_the_card_is_told_on_another_clock(text: str) -> None:
    desk = _desk()
    desk.say(_BOOK)

    assert "Fri 6 Mar 22:00 Tokyo" in desk.say(text).text
    assert offered(desk, desk.say("make it 3")) == {"book kim@example.org 06 14:00 1"}


def _reason(*lines: str) -> str:
    desk = _desk()
    for line in lines[:-1]:
        desk.say(line)
    card = desk.cards[desk.say(lines[-1]).card]
    writes = [write for option in card.options for write in option.writes]
    return next(write.reason or "" for write in writes if isinstance(write, CancelBooking))


@pytest.mark.parametrize(
    "text",
    [
        *(
            "sure, go ahead",
            "yes go for it",
            "ok, cancel it",
            "yes that's right",
            "sure, no problem",
            "yes do it please",
        ),
        *("ja, mach das", "ja genau so", "yes i'm sure", "oui, vas y", "sí, hazlo ya"),
    ],
)
def test_a_second_yes_is_no_reason(text: str) -> None:
    assert _reason("cancel lena", text) == ""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("yes, she is sick", "she is sick"),
        ("yes, the client pulled out", "the client pulled out"),
        ("yes, because of the strike", "the strike"),
        ("ja, sie ist krank", "sie ist krank"),
    ],
)
def test_why_behind_a_yes_is_the_reason(text: str, reason: str) -> None:
    assert reason in _reason("cancel lena", text)


@pytest.mark.parametrize("text", ["yes and omar as well", "yes, also omar", "ja und omar auch", "and omar too"])
def test_somebody_more_behind_a_yes_goes_too(text: str) -> None:
    desk = _desk()
    desk.say("cancel lena")

    assert offered(desk, desk.say(text)) == {"cancel b1", "cancel b2"}


@pytest.mark.parametrize("text", ["not lena, omar", "nicht lena, omar", "nicht lena sondern omar", "nicht sie, omar"])
def test_somebody_else_below_a_card_is_meant_instead(text: str) -> None:
    desk = _desk()
    desk.say("cancel lena")

    assert offered(desk, desk.say(text)) == {"cancel b2"}


@pytest.mark.parametrize("text", ["book sam not lena", "buche sam, nicht lena"])
def test_another_act_for_somebody_else_is_not_this_one(text: str) -> None:
    desk = _desk()
    desk.say("cancel lena")

    assert not any(deed.startswith("cancel") for deed in offered(desk, desk.say(text)))


@pytest.mark.parametrize(
    "text", ["perfect, except at 3", "passt, außer um 15 uhr", "great, only at 3", "fine but at 3"]
)
def test_all_but_the_clock_is_another_clock(text: str) -> None:
    desk = _desk()
    desk.say(_BOOK)

    assert offered(desk, desk.say(text)) == {"book kim@example.org 06 14:00 1"}


@pytest.mark.parametrize("text", ["anything except 3", "all but 3", "alles außer 15", "alles außer 15 uhr"])
def test_an_hour_left_out_of_a_list_is_not_picked(text: str) -> None:
    desk = _desk()
    desk.say("what's free friday")

    reply = desk.say(text)

    assert "14:30" in reply.text
    assert "15:00" not in reply.text


@pytest.mark.parametrize(
    ("text", "option"), [("the second", "other"), ("the first one please", "billing"), ("das zweite", "other")]
)
def test_a_number_below_a_question_is_one_of_its_options(text: str, option: str) -> None:
    topic = Question(
        key="topic", label="Topic", kind=QuestionKind.CHOICE, is_required=True, options=("billing", "other")
    )
    length = (timedelta(minutes=30),)
    help_desk = EventType(id="3", title="Help desk", slug="help-desk", lengths=length, questions=(topic,))
    desk = Desk(context=replace(CONTEXT, event_types=(INTRO, DEEP, help_desk)))
    desk.say("book help desk with kim@example.org friday 2pm")

    card = desk.cards[desk.say(text).card]
    writes = [write for one in card.options for write in one.writes]

    assert next(dict(write.answers)["topic"] for write in writes if isinstance(write, BookSlot)) == option


@pytest.mark.parametrize("text", ["don't tell her", "please don't notify her"])
def test_nothing_is_changed_quietly(text: str) -> None:
    desk = _desk()
    desk.say("cancel lena")

    assert "cannot be done quietly" in desk.say(text).text


@pytest.mark.parametrize(
    "text", ["do i have anything then?", "hab ich da schon was?", "am i free all day?", "bin ich den ganzen tag frei?"]
)
def test_what_else_is_on_is_of_the_day_of_the_card(text: str) -> None:
    desk = _desk()
    desk.say(_BOOK)

    assert desk.say(text).text.startswith("1 meeting on Fri 6 Mar")
    assert offered(desk, desk.say("make it 3")) == {"book kim@example.org 06 14:00 1"}
