"""What was said earlier stays until it is changed: a pick, the week of a day, who comes, a card behind a question."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import BERLIN, Desk, booking_with

from bot.scheduling.models import Person
from bot.scheduling.replacing import replace
from bot.scheduling.writes import BookSlot

LENA = booking_with("Lena Ostrow", date(2026, 3, 5), 10)
SAM = booking_with("Sam Ng", date(2026, 3, 6), 15, number=2)
GRETA = booking_with("Greta Korn", date(2026, 3, 10), 9, number=3)


def desk() -> Desk:
    return desk_with((LENA, SAM, GRETA))


def deeds_below(*texts: str) -> set[str]:
    """What the first button below the last of these texts would do."""
    talk = desk()
    for text in texts[:-1]:
        talk.say(text)
    return offered(talk, talk.say(texts[-1]))


def invited(*texts: str) -> list[str]:
    """Whom the card below the last of these texts would invite."""
    talk = desk()
    replies = [talk.say(text) for text in texts]
    presses = [getattr(option.press, "writes", ()) for option in talk.cards[replies[-1].card].options]
    booked = next(write for writes in presses for write in writes if isinstance(write, BookSlot))
    return sorted(filter(None, [booked.attendee.email, *booked.guests]))


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["book kim@example.org thursday at 1", "noon instead", "friday"], "book kim@example.org 06 11:00 1"),
        (["book kim@example.org thursday", "the second one", "on friday"], "book kim@example.org 06 08:30 1"),
        (["move lena to wednesday", "11 works better", "and friday?"], "move b1 06 10:00"),
        (["hold thursday at 2", "half past two", "a day later"], "hold 06 13:30"),
        (
            ["termin mit kim@example.org donnerstag um 13 uhr", "12 uhr", "doch freitag"],
            "book kim@example.org 06 11:00 1",
        ),
        (
            ["plan een call met kim@example.org donderdag om 14:30", "14 uur", "een dag later"],
            "book kim@example.org 06 13:00 1",
        ),
    ],
)
def test_a_time_that_was_picked_is_kept_by_a_change_of_the_day(texts: list[str], deed: str) -> None:
    assert deeds_below(*texts) == {deed}


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["move greta to march 13 at 2", "tuesday would be better"], "move b3 10 13:00"),
        (["move greta to march 13 at 2", "ok then wednesday 9:30"], "move b3 11 08:30"),
        (["hold march 17 at 2", "actually wednesday at 9:30 is better"], "hold 18 08:30"),
        (["hold march 12 at 10", "this friday instead"], "hold 06 09:00"),
        (["verschiebe greta auf den 13. märz um 14 uhr", "was ist mit mittwoch?"], "move b3 11 13:00"),
        (
            ["reserva con kim@example.org el 12 de marzo a las 10", "mejor el viernes a las 11"],
            "book kim@example.org 13 10:00 1",
        ),
        (["rdv avec kim@example.org le 12 mars à 10h", "finalement mardi à 16h"], "book kim@example.org 10 15:00 1"),
        (["houd 12 maart om 10 uur vrij", "doe maar vrijdag 11 uur"], "hold 13 10:00"),
    ],
)
def test_a_weekday_is_one_of_the_week_that_is_spoken_of(texts: list[str], deed: str) -> None:
    assert deeds_below(*texts) == {deed}


def test_a_weekday_below_what_was_booked_is_of_its_week() -> None:
    talk = desk()
    talk.press(talk.say("book kim@example.org march 12 at 2"), "Book")
    booked = getattr(talk.conversation.request, "booking", None)
    assert booked is not None
    talk.bookings = (*talk.bookings, booked)

    assert offered(talk, talk.say("sorry, i meant friday")) == {"move new 13 13:00"}


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["move sam to thursday 11:30", "same time the day after"], "move b2 06 10:30"),
        (["book kim@example.org wednesday at 4", "the day after, same time"], "book kim@example.org 05 15:00 1"),
        (["hold march 11 at 3", "gleiche zeit nächste woche"], "hold 18 14:00"),
        (["book kim@example.org march 13 at 3", "same time next week"], "book kim@example.org 20 14:00 1"),
        (["houd 12 maart om 10 uur vrij", "zelfde dag om 15 uur"], "hold 12 14:00"),
        (["reserva con kim@example.org el 12 a las 10", "el mismo día a las 16"], "book kim@example.org 12 15:00 1"),
        (["book kim@example.org tuesday at 10", "the 12th works better"], "book kim@example.org 12 09:00 1"),
        (["book kim@example.org tuesday at 10", "the 12th instead"], "book kim@example.org 12 09:00 1"),
    ],
)
def test_the_same_time_and_the_same_day_are_those_of_the_card(texts: list[str], deed: str) -> None:
    assert deeds_below(*texts) == {deed}


@pytest.mark.parametrize(
    ("texts", "deed"),
    [
        (["book kim@example.org march 12 at 2", "can we do friday at half past 10"], "book kim@example.org 13 09:30 1"),
        (["move sam to tuesday", "can we do 12 march 2:30?"], "move b2 12 13:30"),
        (
            ["move lena to wednesday at 10:30", "later that day", "the last one", "can we do 1:30pm?"],
            "move b1 04 12:30",
        ),
    ],
)
def test_can_we_do_is_another_time_for_what_is_spoken_of(texts: list[str], deed: str) -> None:
    assert deeds_below(*texts) == {deed}


@pytest.mark.parametrize(
    "pause",
    [
        "wait",
        "one sec",
        "hang on",
        "hmm",
        "warte",
        "moment",
        "un momento",
        "attends",
        "wacht even",
        "aspetta",
        "espera",
    ],
)
def test_a_pause_drops_nothing(pause: str) -> None:
    assert deeds_below("move sam to tuesday", pause, "2 on thursday") == {"move b2 05 13:00"}


BOOK = {
    "en": "book kim@example.org thursday at 10",
    "de": "termin mit kim@example.org donnerstag um 10 uhr",
    "es": "cita con kim@example.org el jueves a las 10",
    "fr": "rdv avec kim@example.org jeudi à 10h",
    "it": "fissa una call con kim@example.org giovedì alle 10",
    "nl": "plan een call met kim@example.org donderdag om 10 uur",
    "pt": "agenda uma chamada com kim@example.org quinta às 10h",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "ivy@example.org instead of kim"),
        ("de", "ivy@example.org statt kim"),
        ("es", "ivy@example.org en vez de kim"),
        ("fr", "ivy@example.org au lieu de kim"),
        ("nl", "ivy@example.org in plaats van kim"),
        ("pt", "ivy@example.org em vez de kim"),
    ],
)
def test_who_comes_instead_of_somebody_takes_their_place(language: str, text: str) -> None:
    assert invited(BOOK[language], text) == ["ivy@example.org"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "hmm, and ivy@example.org"),
        ("en", "oh sorry, and ivy@example.org please"),
        ("en", "bring ivy@example.org along"),
        ("de", "ach, und mit ivy@example.org"),
        ("nl", "hmm, en ivy@example.org"),
        ("es", "ah, y ivy@example.org"),
    ],
)
def test_who_is_added_behind_a_filler_comes_too(language: str, text: str) -> None:
    assert invited(BOOK[language], text) == ["ivy@example.org", "kim@example.org"]


@pytest.mark.parametrize(
    "text",
    ["just hold it", "only hold it", "hmm, hold that instead", "erstmal nur halten", "solo guárdalo", "garde-le juste"],
)
def test_just_hold_it_stays_a_hold(text: str) -> None:
    book = BOOK["en"]

    assert deeds_below(book, text) == {"hold 05 09:00"}
    assert deeds_below(book, text, "wednesday at 11") == {"hold 04 10:00"}


@pytest.mark.parametrize(
    ("text", "deed"),
    [
        ("ok, make it 11 then", "book kim@example.org 05 10:00 1"),
        ("30 min later", "book kim@example.org 05 09:30 1"),
        ("ok, then make it an hour", "book kim@example.org 05 09:00 2"),
        ("ok friday then", "book kim@example.org 06 09:00 1"),
    ],
)
def test_a_question_in_between_leaves_the_card_to_go_on_with(text: str, deed: str) -> None:
    assert deeds_below(BOOK["en"], "what do i have on friday?", text) == {deed}


@pytest.mark.parametrize("text", ["move it to 11", "cancel it", "and on thursday?"])
def test_what_is_said_of_the_answer_is_no_change_of_the_card(text: str) -> None:
    deeds = deeds_below(BOOK["en"], "what do i have on friday?", text)

    assert not any(deed.startswith("book") for deed in deeds)


def test_another_day_keeps_the_part_of_the_day() -> None:
    talk = desk()
    talk.say("what's free tuesday after 2")

    talk.say("hmm, another day")

    assert talk.conversation.offered
    assert all(slot.start.astimezone(BERLIN).hour >= 14 for slot in talk.conversation.offered)


@pytest.mark.parametrize("text", ["oh no i'm out wednesday. on thursday?", "wednesday i'm away, thursday?"])
def test_who_is_out_on_the_day_of_the_card_wants_another_and_no_day_off(text: str) -> None:
    assert deeds_below("book kim@example.org wednesday at 2", text) == {"book kim@example.org 05 13:00 1"}


def test_names_alone_come_by_their_members() -> None:
    ivy = Person(name="Ivy Lund", email="ivy@example.org", zone="Europe/Berlin", member="ivy")
    talk = desk()
    talk.context = replace(talk.context, people=(*talk.context.people, ivy))
    talk.say("book kim@example.org thursday at 10")

    talk.say("<@ivy> instead of kim")

    assert talk.conversation.request is not None
    assert getattr(talk.conversation.request, "attendee", None) == ivy
