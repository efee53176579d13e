"""«Both», «the other nora», «the day after as well», «and after that?», «swap them», «only cy»: what such words point to below
what was just shown, in every language; where that is not told, it is asked.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import ABILITIES, Desk, booking_with

from bot.scheduling.writes import BookSlot, ChangeEntry

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
"""Thursday 5 March, 10:00 in Berlin."""
IVO = booking_with("Ivo Lund", date(2026, 3, 6), 11, number=2)
"""Friday 6 March, 11:00."""
OTHER_NORA = booking_with("Nora Berg", date(2026, 3, 6), 14, number=3)
CY = booking_with("Cy Roe", date(2026, 3, 5), 15, number=4)


def desk(*more: object) -> Desk:
    return desk_with((NORA, IVO, *more))  # type: ignore[arg-type]  # bookings


def below(before: str, text: str, *more: object) -> set[str]:
    talk = desk(*more)
    talk.say(before)
    return offered(talk, talk.say(text))


BOTH = [
    ("cancel nora", "both"),
    ("cancel nora", "both of them please"),
    ("sag nora ab", "beide"),
    ("annule nora", "les deux"),
    ("cancela a nora", "las dos"),
    ("annulla nora", "entrambi"),
    ("zeg nora af", "allebei"),
]


@pytest.mark.parametrize(("before", "text"), BOTH)
def test_both_below_one_of_two_are_the_two_that_stand(before: str, text: str) -> None:
    assert below(before, text) == {"cancel b1", "cancel b2"}


@pytest.mark.parametrize(
    ("before", "text"), [("cancel nora", "both"), ("hello", "cancel both"), ("hi", "move both to monday")]
)
def test_both_of_three_is_asked(before: str, text: str) -> None:
    assert below(before, text, CY) == set()


OTHERS = [
    ("cancel nora berg", "no, the other nora"),
    ("sag nora berg ab", "nein, die andere nora"),
    ("annule nora berg", "non, l'autre nora"),
]


@pytest.mark.parametrize(("before", "text"), OTHERS)
def test_the_other_of_a_name_is_not_the_one_shown(before: str, text: str) -> None:
    assert below(before, text, OTHER_NORA) == {"cancel b1"}


DAYS_OFF = [
    ("i'm off thursday", "the day after as well", "06"),
    ("i'm off thursday", "and the day before", "04"),
    ("ich nehme donnerstag frei", "den tag danach auch", "06"),
    ("je suis absente jeudi", "le lendemain aussi", "06"),
    ("estoy fuera el jueves", "el día siguiente también", "06"),
    ("sono via giovedì", "anche il giorno dopo", "06"),
    ("我星期四休假", "第二天也是", "06"),
]


@pytest.mark.parametrize(("before", "text", "day"), DAYS_OFF)
def test_the_day_after_counts_from_the_day_off(before: str, text: str, day: str) -> None:
    (days,) = below(before, text)

    assert {part.split()[0] for part in days.split("; ")} == {"05", day}


AFTER_THAT = ["and after that", "what's after that?", "and after that?"]


@pytest.mark.parametrize("text", AFTER_THAT)
def test_after_that_is_what_is_on_behind_it(text: str) -> None:
    talk = desk(CY)
    talk.say("when is nora")

    reply = talk.say(text)

    assert "Cy Roe" in reply.text
    assert "Ivo Lund" in reply.text
    assert "Nora" not in reply.text


SWAPS = [
    "swap them",
    "tausch die beiden",
    "échange-les",
    "wissel ze om",
    "troca os dois",
    "入れ替えて",
    "互换",
]


@pytest.mark.parametrize("text", SWAPS)
def test_two_that_are_listed_swap_their_times(text: str) -> None:
    talk = desk()
    talk.say("what's on this week")

    assert "Swap" in talk.say(text).text


NOT_THEN = [
    ("what's free on thursday", "not the morning"),
    ("was ist am donnerstag frei", "vormittags nicht"),
    ("qué hay libre el jueves", "por la mañana no"),
    ("qu'est-ce qui est libre jeudi", "le matin non"),
    ("cosa è libero giovedì", "di mattina no"),
    ("wat is er vrij op donderdag", "'s ochtends niet"),
    ("o que há livre na quinta", "de manhã não"),
]


@pytest.mark.parametrize(("before", "text"), NOT_THEN)
def test_a_part_of_the_day_that_is_refused_is_not_offered(before: str, text: str) -> None:
    talk = desk()
    talk.say(before)

    reply = talk.say(text)

    assert "14:00" in reply.text
    assert "10:30" not in reply.text


def booked(talk: Desk, text: str) -> list[BookSlot]:
    card = talk.cards[talk.say(text).card]
    writes = (write for option in card.options for write in getattr(option.press, "writes", ()))
    return [write for write in writes if isinstance(write, BookSlot)]


ONLY = [
    ("only ana", "ana@example.org"),
    ("just the first", "ana@example.org"),
    ("only the second", "ben@example.org"),
    ("nur ben", "ben@example.org"),
]


@pytest.mark.parametrize(("text", "mail"), ONLY)
def test_only_one_of_two_comes(text: str, mail: str) -> None:
    talk = desk()
    talk.say("book ana@example.org and ben@example.org friday 3pm")

    writes = booked(talk, text)

    assert writes
    assert all(write.attendee.email == mail and not write.guests for write in writes)


def test_instead_is_somebody_else_and_no_address_of_the_first() -> None:
    talk = Desk()
    talk.say("book zoe friday 3pm")

    writes = booked(talk, "cy@example.org instead")

    assert writes
    assert all(write.attendee.name == "Cy" for write in writes)


@pytest.mark.parametrize("text", ["goodbye instead", "make it goodbye", "no, goodbye"])
def test_below_a_new_title_it_is_another_title(text: str) -> None:
    talk = desk()
    talk.context = replace(talk.context, capabilities=replace(ABILITIES, changes_entries=True))
    talk.say("change nora's title to hello")

    card = talk.cards[talk.say(text).card]
    (title,) = {
        write.title
        for one in card.options
        for write in getattr(one.press, "writes", ())
        if isinstance(write, ChangeEntry)
    }

    assert title == "goodbye"


SHIFTS = [
    "can nora be earlier that day",
    "could nora be earlier",
    "move nora earlier",
    "nora a bit earlier please",
    "kann nora früher",
    "nora peut plus tôt ?",
    "puede nora antes",
    "kan nora eerder",
    "nora pode mais cedo?",
    "noraさんをもう少し早くして",
    "nora 能不能早一点",
]


@pytest.mark.parametrize("text", SHIFTS)
def test_earlier_is_that_meeting_before_its_time_on_its_day(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "Thu 5 Mar" in reply.text
    assert "09:00, 09:30" in reply.text
    assert "11:00" not in reply.text
    assert "Which" not in reply.text
    assert not offered(talk, reply)


def test_later_that_day_is_behind_its_time() -> None:
    talk = desk()

    reply = talk.say("move nora later that day")

    assert "Thu 5 Mar" in reply.text
    assert "Mon 2 Mar" not in reply.text


def test_the_one_with_somebody_is_theirs_that_stands() -> None:
    talk = desk()

    (move,) = offered(talk, talk.say("the one with ivo, can we do it the same time the week after"))

    assert move.startswith("move ")
    assert move.endswith("13 10:00")


MOVED = [("nora friday 2pm", text) for text in ("move it", "move", "the first")]
MOVED += [("nora freitag 14 uhr", "verschieben"), ("nora viernes a las 14", "muévela")]


@pytest.mark.parametrize(("before", "text"), MOVED)
def test_move_it_below_the_question_moves_what_stands(before: str, text: str) -> None:
    (move,) = below(before, text)

    assert move.startswith("move ")
    assert move.endswith("06 13:00")


ANEW = [("nora friday 2pm", text) for text in ("another one", "a new one", "no, another one", "the second")]
ANEW += [
    ("nora freitag 14 uhr", "einen neuen"),
    ("nora viernes a las 14", "otra"),
    ("nora venerdì alle 14", "un altro"),
]
ANEW += [("nora vrijdag 14 uur", "nog een"), ("nora 金曜日14時", "もう一つ"), ("nora 星期五下午2点", "再约一个")]


@pytest.mark.parametrize(("before", "text"), ANEW)
def test_another_one_below_the_question_is_booked(before: str, text: str) -> None:
    writes = below(before, text)

    assert writes
    assert all(write.startswith(("book ", "hold ")) and " 06 13:00" in write for write in writes)


def test_somebody_else_below_the_question_is_asked_about_or_booked() -> None:
    assert {write[:29] for write in below("nora friday 2pm", "cy@example.org instead")} == {
        "book cy@example.org 06 13:00 1"[:29]
    }
    assert below("nora friday 2pm", "ivo instead") == set()


AFTER_IT = [
    ("when is nora", "book cy@example.org right after her", "05 09:30"),
    ("when is nora", "book cy@example.org an hour after that", "05 10:30"),
    ("wann ist mein termin mit nora", "buche cy@example.org direkt danach", "05 09:30"),
    ("book zoe@example.org friday 2pm", "and cy@example.org right after that", "06 13:30"),
    ("book zoe@example.org friday 2pm", "cy@example.org half an hour later", "06 13:30"),
    ("book zoe@example.org friday 2pm", "and cy@example.org the hour before", "06 12:00"),
]


@pytest.mark.parametrize(("before", "text", "at"), AFTER_IT)
def test_right_after_that_is_behind_what_was_spoken_of(before: str, text: str, at: str) -> None:
    writes = below(before, text)

    assert writes
    assert all(write.startswith("book cy@example.org ") and f" {at} " in write for write in writes)


LAST_BUT_ONE = [
    ("what's on this week", "cancel the last but one"),
    ("what's on this week", "cancel the second to last one"),
    ("was habe ich diese woche", "sag den vorletzten ab"),
    ("qu'est-ce que j'ai cette semaine", "annule l'avant-dernière"),
    ("qué tengo esta semana", "cancela la penúltima"),
    ("这周有什么会议", "取消倒数第二个"),
]


@pytest.mark.parametrize(("before", "text"), LAST_BUT_ONE)
def test_the_last_but_one_is_not_the_last(before: str, text: str) -> None:
    assert below(before, text, CY) == {"cancel b2"}


def test_the_hour_before_is_an_hour_earlier_and_no_length() -> None:
    (write,) = below("book cy@example.org friday 2pm", "the hour before")

    assert write == "book cy@example.org 06 12:00 1"


@pytest.mark.parametrize(
    "text", ["put cy@example.org between nora and ivo", "buche cy@example.org zwischen nora und ivo"]
)
def test_between_two_meetings_invites_neither(text: str) -> None:
    assert below("hello", text) == set()


def test_the_first_of_them_is_of_what_is_listed() -> None:
    (move,) = below("what's on this week", "move the first of them to 11")

    assert move == "move b1 05 10:00"


def test_without_the_first_the_other_comes() -> None:
    talk = desk()
    talk.say("book ana@example.org and ben@example.org friday 3pm")

    writes = booked(talk, "without the first")

    assert writes
    assert all(write.attendee.email == "ben@example.org" and not write.guests for write in writes)


def test_another_with_her_is_one_more_and_moves_nothing() -> None:
    talk = desk()
    card = talk.say("book cy@example.org friday 2pm")
    talk.press(card, "Book")

    writes = offered(talk, talk.say("another with her on monday"))

    assert writes
    assert all(write.startswith(("book ", "hold ")) and " 09 13:00" in write for write in writes)


PUT = [
    "put ivo after nora",
    "leg ivo hinter nora",
    "pon a ivo después de nora",
    "metti ivo dopo nora",
    "zet ivo na nora",
    "põe o ivo logo depois da nora",
]


@pytest.mark.parametrize("text", PUT)
def test_to_put_somebody_beside_a_meeting_asks_which_is_meant(text: str) -> None:
    talk = desk()

    reply = talk.say(text)

    assert "There is a meeting already" in reply.text
    assert not offered(talk, reply)


THE_DAY_AFTER = [
    ("book cy@example.org the day after at 4", "06 15:00"),
    ("do the same for cy@example.org the day after", "06 13:00"),
    ("same with cy@example.org the week after", "12 13:00"),
]


@pytest.mark.parametrize(("text", "at"), THE_DAY_AFTER)
def test_the_day_after_for_somebody_else_counts_from_what_was_booked(text: str, at: str) -> None:
    talk = desk()
    talk.press(talk.say("book zoe@example.org thursday 2pm"), "Book")

    writes = offered(talk, talk.say(text))

    assert writes
    assert all(write.startswith("book cy@example.org ") and f" {at} " in write for write in writes)


@pytest.mark.parametrize("text", ["and the other one", "the other one too"])
def test_once_one_is_cancelled_the_other_one_is_no_undo(text: str) -> None:
    talk = desk()
    talk.press(talk.say("cancel nora"), "Cancel meeting")
    talk.bookings = (IVO,)

    assert offered(talk, talk.say(text)) == {"cancel b2"}
