"""Which meetings are moved, and who is meant: a day that says which is no aim, and two people are not made one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from deeds import desk_with, offered
from rooms import booking_with

from bot.language.meaning import DoubtKind, Intent, Reference
from bot.language.understand import understand

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
IVO = booking_with("Ivo Lund", date(2026, 3, 6), 11, number=2)
HERE = Reference(now=datetime(2026, 3, 2, 9, tzinfo=UTC), zone=ZoneInfo("Europe/Berlin"))

WHOLE_DAYS = [
    "move everything on friday",
    "push all my calls on friday, but not nora",
    "verschieb alles am freitag außer nora",
    "mueve todo lo del viernes",
    "décale tout de vendredi",
    "verzet alles van vrijdag",
]


@pytest.mark.parametrize("text", WHOLE_DAYS)
def test_the_day_of_everything_is_where_it_stands(text: str) -> None:
    talk = desk_with((NORA, IVO))
    read = understand(text, HERE)

    reply = talk.say(text)

    assert read.from_moment is not None
    assert not read.moments
    assert not any(" 06 " in deed or "b1" in deed for deed in offered(talk, reply))


@pytest.mark.parametrize("text", ["verschieb alles auf freitag", "move everything to friday", "décale tout à vendredi"])
def test_a_day_behind_to_is_where_everything_goes(text: str) -> None:
    read = understand(text, HERE)

    assert read.from_moment is None
    assert len(read.moments) == 1


TWO_PEOPLE = [
    "book may@example.org thursday 2pm with april",
    "book lena@example.org tomorrow at 3 with omar",
    "buche anna@example.org donnerstag 14 uhr mit jonas",
]


@pytest.mark.parametrize("text", TWO_PEOPLE)
def test_a_name_far_from_anothers_address_is_somebody_else(text: str) -> None:
    assert understand(text, HERE).addressed == ()


ONE_PERSON = [
    ("book robert bob@example.org tomorrow at 3", "robert"),
    ("book robert tomorrow at 3 rk12@example.org", "robert"),
    ("intro with robert tomorrow at 3 (office@example.org)", "robert"),
]


@pytest.mark.parametrize(("text", "name"), ONE_PERSON)
def test_the_only_address_is_that_of_the_only_name(text: str, name: str) -> None:
    assert [who for _, who in understand(text, HERE).addressed] == [name]


PLAIN_NO = [
    ("book kim@example.org 10am no 11 tomorrow", 11),
    ("buche kim@example.org morgen um 10 uhr nein 11 uhr", 11),
    ("reserva con kim@example.org mañana a las 10 no 11", 11),
    ("book kim@example.org thursday no friday at 11", 11),
]


@pytest.mark.parametrize(("text", "hour"), PLAIN_NO)
def test_a_no_between_two_times_puts_the_second_in_place(text: str, hour: int) -> None:
    read = understand(text, HERE)

    assert read.intent is Intent.BOOK
    assert [moment.hours.start.hour for moment in read.moments if moment.hours and moment.hours.start] == [hour]
    assert all("thursday" not in text or (moment.days and moment.days.first.day == 6) for moment in read.moments)


@pytest.mark.parametrize("text", ["book kim at half past tomorrow", "move nora to quarter past on friday"])
def test_minutes_past_no_hour_are_asked_about(text: str) -> None:
    read = understand(text, HERE)

    assert [doubt.kind for doubt in read.doubts] == [DoubtKind.UNREAD_THAT_MATTERS]


@pytest.mark.parametrize("text", ["book kim thursday at 2 for the 5 year plan", "kim friday 2pm re the 90 day review"])
def test_how_long_a_plan_runs_is_no_length_of_a_meeting(text: str) -> None:
    assert understand(text, HERE).length is None


def test_how_long_a_meeting_runs_is_its_length() -> None:
    assert understand("book a 90 minute review with kim friday 2pm", HERE).length == timedelta(minutes=90)


@pytest.mark.parametrize("text", ["thursday doesn't work for me", "fridays don't suit me", "thursday does not work"])
def test_a_day_that_does_not_suit_is_closed(text: str) -> None:
    assert understand(text, HERE).intent in (Intent.TIME_OFF, Intent.SET_HOURS)


TARGETS = [
    "move nora to 3",
    "nora asked to push to 3",
    "verschieb nora auf 3",
    "déplace nora à 3",
    "verzet nora naar 3",
    "move nora from 10 to 3",
]


@pytest.mark.parametrize("text", TARGETS)
def test_a_number_behind_to_is_the_hour_that_a_meeting_goes_to(text: str) -> None:
    talk = desk_with((NORA, IVO))

    assert offered(talk, talk.say(text)) == {"move b1 05 14:00"}


@pytest.mark.parametrize("text", ["i work 10-6 except wednesdays", "i work 10 to 6 but not on wednesdays"])
def test_hours_behind_work_are_hours_also_in_front_of_an_exception(text: str) -> None:
    read = understand(text, HERE)

    assert read.intent is Intent.SET_HOURS
    assert [
        (m.hours.start.hour, m.hours.end.hour) for m in read.moments if m.hours and m.hours.start and m.hours.end
    ] == [(10, 18)]
    assert len(read.excluded) == 1


@pytest.mark.parametrize("text", ["book lena and sam together monday 10", "buche lena und sam zusammen montag 10 uhr"])
def test_together_is_nobodys_surname(text: str) -> None:
    assert understand(text, HERE).people == ("lena", "sam")


@pytest.mark.parametrize("text", ["close monday 9 march", "close tomorrow"])
def test_a_day_is_closed(text: str) -> None:
    assert understand(text, HERE).intent is Intent.TIME_OFF


STAYING = [
    ("i don't want to cancel nora, only ivo", "cancel b2"),
    ("no need to cancel nora, just cancel ivo", "cancel b2"),
    ("no quiero cancelar a nora, solo a ivo", "cancel b2"),
    ("je ne veux pas annuler nora, seulement ivo", "cancel b2"),
    ("leave thursday as is, cancel friday", "cancel b2"),
    ("keep thursday, cancel friday", "cancel b2"),
    ("keep thursday, move friday to monday", "move b2 09 10:00"),
    ("cancel anything that isn't nora", "cancel b2"),
    ("cancel all calls that are not with nora", "cancel b2"),
    ("sag alles ab was nicht mit nora ist", "cancel b2"),
    ("cancela todo lo que no sea con nora", "cancel b2"),
    ("annule tout ce qui n'est pas avec nora", "cancel b2"),
    ("cancel thursday, i'm travelling to friday's fair", "cancel b1"),
    ("cancel thursday, i'm away until monday", "cancel b1"),
]


STAYING += [
    ("ivoとの予定だけキャンセルして、noraはそのままで", "cancel b2"),
    ("sag ivo ab, nora bleibt", "cancel b2"),
    ("verschieb nora auf freitag 14 uhr, nicht auf mittwoch", "move b1 06 13:00"),
    ("verschieb nora nicht auf montag sondern dienstag 10 uhr", "move b1 03 09:00"),
]


@pytest.mark.parametrize(("text", "deed"), STAYING)
def test_what_is_to_stay_stays(text: str, deed: str) -> None:
    talk = desk_with((NORA, IVO))

    assert offered(talk, talk.say(text)) == {deed}


@pytest.mark.parametrize(
    "text", ["book cy@example.org thursday 2pm instead of nora", "buche cy@example.org statt nora"]
)
def test_who_is_replaced_is_not_invited(text: str) -> None:
    talk = desk_with((NORA, IVO))

    reply = talk.say(text)

    assert "cannot put somebody else in a meeting" in reply.text
    assert not offered(talk, reply)


def test_a_loose_dash_behind_a_day_refused_names_the_day_meant() -> None:
    read = understand("not thursday - friday at 2 with kim@example.org", HERE)

    assert [moment.days.first.day for moment in read.moments if moment.days] == [6]


@pytest.mark.parametrize("surname", ["ng", "yu", "ho"])
def test_surnames_of_two_letters_belong_to_the_name(surname: str) -> None:
    assert understand(f"cancel sam {surname}", HERE).people == (f"sam {surname}",)
