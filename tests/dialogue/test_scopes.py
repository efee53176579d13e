"""What is to happen to which: one stays beside another, all but some, a part of a day, a condition that a card keeps."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import booking_with

LENA, OMAR, TIA = (
    booking_with("Lena Ostrow", date(2026, 3, 5), 12, number=1),
    booking_with("Omar Haddad", date(2026, 3, 4), 12, number=2),
    booking_with("Tia Novak", date(2026, 3, 6), 12, number=3),
)
THREE = (LENA, OMAR, TIA)
FOUR = tuple(
    booking_with("Omar Haddad", day, 15, number=number)
    for number, day in enumerate((date(2026, 3, 3), date(2026, 3, 10), date(2026, 3, 17), date(2026, 3, 24)), start=1)
)


ONE_STAYS = [
    ("cancel b3", "don't cancel omar, cancel tia"),
    ("cancel b3", "don't move omar, cancel tia"),
    ("cancel b3", "cancel tia, don't touch omar"),
    ("move b3 06 14:00", "don't touch omar, just move tia to 3pm"),
    ("move b3 06 14:00", "move tia to 3pm but leave omar where it is"),
    ("cancel b3", "sag omar nicht ab, sondern tia"),
    ("cancel b3", "lass omar stehen und storniere tia"),
    ("cancel b3", "ne touche pas à omar, annule tia"),
    ("cancel b3", "no canceles a omar, cancela a tia"),
    ("cancel b3", "non toccare omar, cancella tia"),
    ("cancel b3", "raak omar niet aan, annuleer tia"),
    ("cancel b3", "não mexa com o omar, cancela a tia"),
]


@pytest.mark.parametrize(("wanted", "text"), ONE_STAYS)
def test_one_stays_and_the_other_goes(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {wanted}


ONLY_ONE = [
    ("cancel b3", "cancel tia, let omar know"),
    ("cancel b3", "cancel tia and tell omar i'm late"),
    ("cancel b3", "sag tia ab und gib omar bescheid"),
    ("cancel b3", "cancela a tia y avisa a omar"),
    ("cancel b3", "annule tia et préviens omar"),
    ("cancel b3", "cancela solo tia, no omar"),
    ("cancel b3", "cancela a omar, no, a tia"),
    ("cancel b3", "annule seulement tia, pas omar"),
    ("cancel b3", "cancella tia, non omar"),
    ("cancel b3", "cancela a tia, não o omar"),
]


@pytest.mark.parametrize(("wanted", "text"), ONLY_ONE)
def test_who_is_only_told_or_named_beside_keeps_a_meeting(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {wanted}


def test_it_is_said_that_nobody_is_written_to() -> None:
    said = desk_with(THREE).say("cancel tia and tell omar i'm late").text

    assert "Omar will hear nothing from me" in said
    assert "i'm late" not in said


THE_REST = [
    ("cancel b1", "i want to keep omar and tia but cancel the rest"),
    ("cancel b1", "omar and tia stay, cancel the others"),
    ("cancel b1", "behalte omar und tia und sag den rest ab"),
    ("cancel b1", "garde omar et tia et annule le reste"),
    ("cancel b1", "quédate con omar y tia y cancela lo demás"),
    ("cancel b1", "tieni omar e tia e cancella il resto"),
]


@pytest.mark.parametrize(("wanted", "text"), THE_REST)
def test_the_rest_is_all_but_who_is_kept(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {wanted}


ALL_BUT_ONE = [
    "drop everything this week bar omar's",
    "cancel the meetings this week, omar's excluded",
    "cancel every meeting i have apart from the omar one",
    "bitte alle meetings streichen, omar ausgenommen",
    "supprime tous mes rdv, mais garde omar",
    "everything except omar can be cancelled",
    "alle termine absagen, nur omar nicht",
    "alle termine absagen, nur den mit omar nicht",
    "cancela todo, solo omar no",
    "quita todas las citas, la de omar no",
    "cancela todas, solo la de omar no",
    "cancel all my meetings, just not omar's",
    "annule tous les rendez-vous sauf celui de omar",
]


@pytest.mark.parametrize("text", ALL_BUT_ONE)
def test_all_but_one_by_name(text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {"cancel b1", "cancel b3"}


def test_a_cleared_day_spares_who_is_kept() -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say("clear friday but keep omar")) == {"cancel b3"}


ALL_BUT = [
    ({2, 3, 4}, "cancel all but the first with omar"),
    ({1, 2, 3}, "cancel omar's meetings except the last one"),
    ({1, 2}, "cancel everything but the last two"),
    ({3, 4}, "cancel all meetings with omar except the first two"),
    ({1, 2}, "alle termine mit omar absagen außer den letzten beiden"),
    ({1, 2, 3}, "annule tous mes rendez-vous avec omar sauf le dernier"),
    ({2, 3, 4}, "cancela todas menos la primera con omar"),
    ({2, 3, 4}, "annulla tutte tranne la prima con omar"),
]


@pytest.mark.parametrize(("gone", "text"), ALL_BUT)
def test_all_but_some_by_their_number(gone: set[int], text: str) -> None:
    desk = desk_with(FOUR)

    assert offered(desk, desk.say(text)) == {f"cancel b{number}" for number in gone}


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (2, "kill the second omar meeting"),
        (1, "cancel the first omar call"),
        (3, "scrap my third meeting with omar"),
        (4, "drop the last omar meeting"),
        (2, "cancel the omar meeting after next"),
        (1, "cancel the earliest omar meeting"),
        (2, "sag das übernächste treffen mit omar ab"),
    ],
)
def test_a_number_before_a_name_picks_one(number: int, text: str) -> None:
    desk = desk_with(FOUR)

    assert offered(desk, desk.say(text)) == {f"cancel b{number}"}


@pytest.mark.parametrize("text", ["cancel everything but bob", "cancel everything except monday"])
def test_it_is_said_that_nothing_falls_under_an_exception(text: str) -> None:
    said = desk_with(THREE).say(text).text

    assert "There is no meeting with bob" in said or "leaves none of them out" in said


@pytest.mark.parametrize(
    ("gone", "text"),
    [({2, 3}, "cancel both"), ({2, 3}, "cancel all"), ({3}, "cancel all but the first"), ({2, 3}, "sag beide ab")],
)
def test_below_a_list_both_and_all_are_those_listed(gone: set[int], text: str) -> None:
    desk = desk_with(FOUR)
    desk.say("what do i have from 9 to 20 march")

    assert offered(desk, desk.say(text)) == {f"cancel b{number}" for number in gone}


def test_below_a_list_that_asks_among_those_listed() -> None:
    desk = desk_with(FOUR)
    desk.say("what do i have from 9 to 20 march")

    said = desk.say("cancel that").text

    assert "10 Mar" in said
    assert "17 Mar" in said
    assert "24 Mar" not in said


STEPS = [
    ("move b1 06 14:00", "move lena to friday 2pm, no, an hour later"),
    ("move b1 06 14:00", "verschiebe lena auf freitag 14 uhr, nein, eine stunde später"),
    ("book ann@acme.io 05 13:00 1", "book ann@acme.io friday 2pm, sorry, a day earlier"),
    ("book ann@acme.io 06 09:00 1", "book ann@acme.io friday at 9, or better 10"),
    ("book ann@acme.io 06 09:00 1", "buche ann@acme.io freitag um 9, oder besser 10 uhr"),
    ("book ann@acme.io 05 14:00 1", "marca com ann@acme.io quinta às 14h, quer dizer, 15h"),
    ("book ann@acme.io 06 09:00 1", "réserve avec ann@acme.io jeudi à 10h, non plutôt vendredi"),
    ("book ann@acme.io 06 14:00 1", "reserva con ann@acme.io el viernes a las 14, no, una hora más tarde"),
]


@pytest.mark.parametrize(("wanted", "text"), STEPS)
def test_a_correction_counts_from_the_time_in_front(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {wanted}


TYPES = [
    ("book ann@acme.io 06 09:00 1", "book a deep dive with ann@acme.io friday 10am, no, just an intro"),
    ("book ann@acme.io 06 09:00 2", "book an intro with ann@acme.io friday 10am, sorry, deep dive"),
    ("book ann@acme.io 06 09:00 2", "buche ein intro mit ann@acme.io am freitag um 10, ach nein, deep dive"),
]


@pytest.mark.parametrize(("wanted", "text"), TYPES)
def test_the_event_type_said_last_holds(wanted: str, text: str) -> None:
    desk = desk_with(())

    assert offered(desk, desk.say(text)) == {wanted}


CONTRASTS = [
    "I can't do 3pm but 4 works thursday with ann@acme.io",
    "3pm doesn't work but 4pm does, thursday with ann@acme.io",
    "thursday 3 is no good but 4 is fine, ann@acme.io",
    "donnerstag 15 uhr geht nicht, aber 16 uhr mit ann@acme.io",
    "jueves a las 15 no puedo, pero a las 16 sí, con ann@acme.io",
    "jeudi 15h ça ne va pas mais 16h oui avec ann@acme.io",
]


@pytest.mark.parametrize("text", CONTRASTS)
def test_the_time_that_suits_is_on_the_day_of_the_one_that_does_not(text: str) -> None:
    desk = desk_with(())

    assert offered(desk, desk.say(text)) == {"book ann@acme.io 05 15:00 1"}


IF_FREE = [
    ("move b1 06 13:00", "if friday 2pm is free, move lena there"),
    ("move b1 06 13:00", "move lena to friday 2pm if it's still open"),
    ("move b1 06 13:00", "wenn freitag 14 uhr frei ist, verschiebe lena dahin"),
    ("move b1 06 13:00", "si vendredi 14h est libre, déplace lena"),
    ("move b1 06 13:00", "si el viernes a las 14 está libre, mueve a lena ahí"),
    ("book ann@acme.io 05 14:00 1", "if thursday 3pm is free book ann@acme.io"),
]


@pytest.mark.parametrize(("wanted", "text"), IF_FREE)
def test_a_condition_that_every_card_keeps_is_no_doubt(wanted: str, text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == {wanted}


@pytest.mark.parametrize(
    "text", ["if lena is free friday 2pm, move her there", "move lena to friday 2pm if omar agrees"]
)
def test_a_condition_on_somebody_is_asked_about(text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == set()


CLOSED = [
    ("03 10:00-16:00", "i can only do 10 to 4 tomorrow"),
    ("03 10:00-16:00", "no meetings outside 10 to 4 tomorrow"),
    ("03 10:00-16:00", "my hours tomorrow are 10 to 4"),
    ("06 09:00-12:00", "block friday afternoon"),
    ("06 09:00-12:00", "blocke freitag nachmittag"),
    ("06 09:00-12:00", "bloquea el viernes por la tarde"),
    ("06 09:00-12:00", "block out friday from noon on"),
    ("06 09:00-14:00; 06 16:00-17:00", "block friday 2 to 4"),
    ("06 off", "block friday"),
    ("05 12:00-17:00", "take thursday off but not the afternoon"),
    ("06 off", "i need friday off"),
    ("06 off", "je ne suis pas là vendredi"),
    ("06 off", "vendredi je peux pas"),
    ("05 off", "je suis pas dispo jeudi"),
    ("06 off", "i don't have time on friday"),
    ("05 09:00-12:00", "donnerstag nachmittag hab ich keine zeit"),
    ("04 off", "el miércoles estoy de viaje"),
    ("04 off", "mittwoch passt mir nicht"),
    ("05 off", "sorry but thursday is out for me"),
    ("06 09:00-12:00", "i'd rather not have any meetings on friday afternoon"),
    ("04 11:00-17:00", "i'm not free before 11 on wednesday"),
    ("03 off; 04 off", "dienstag und mittwoch bin ich weg"),
    ("03 12:00-17:00", "morgen vormittag geht bei mir gar nicht"),
    ("04 off", "não vou trabalhar na quarta"),
    ("03 off", "tomorrow's not going to work for me at all"),
    ("05 09:00-12:00", "el jueves por la tarde no me viene bien"),
    ("06 12:00-17:00", "vendredi matin je suis en formation"),
    ("04 09:00-15:00", "wednesday nothing after 3 please"),
    ("02 off; 03 off; 04 off; 05 12:00-17:00; 06 off", "i'm only available thursday afternoon this week"),
    ("02 off; 03 off; 04 off; 05 off", "je ne suis dispo que vendredi"),
    ("04 off", "ich bin mittwoch auf dienstreise"),
    ("04 off", "mercoledì sono malato"),
]


@pytest.mark.parametrize(("left", "text"), CLOSED)
def test_a_part_of_a_day_that_is_blocked_goes_out_of_the_hours(left: str, text: str) -> None:
    desk = desk_with(())

    assert offered(desk, desk.say(text)) == {left}


AWAY_AND = [
    ({"cancel b3"}, "i'm away friday, cancel whatever i have"),
    ({"cancel b3"}, "el viernes no estoy, cancela todo"),
    ({"cancel b3"}, "je suis absent vendredi, annule tout"),
    ({"cancel b3"}, "ich bin am freitag nicht da, bitte alles absagen"),
    ({"move b3 09 11:00"}, "i'm off friday so move tia to monday"),
    ({"06 off"}, "freitag bin ich nicht im büro"),
    ({"06 off"}, "vendredi je ne suis pas au bureau"),
    ({"06 off"}, "i'm not in the office friday"),
]


@pytest.mark.parametrize(("wanted", "text"), AWAY_AND)
def test_what_is_to_happen_on_a_day_off_happens(wanted: set[str], text: str) -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say(text)) == wanted


def test_a_day_off_that_is_cancelled_is_no_meeting() -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say("cancel my day off on friday")) == set()


WINDOWS = [
    "book ann@acme.io friday between 3 and 4:30",
    "book ann@acme.io friday after 3 but no later than 4:30",
    "book ann@acme.io friday from 3, but not after 4:30",
]


@pytest.mark.parametrize("text", WINDOWS)
def test_a_window_says_no_length(text: str) -> None:
    desk = desk_with(())

    assert offered(desk, desk.say(text)) == {"book ann@acme.io 06 14:00 1"}


def test_a_clock_behind_a_comma_is_not_that_of_the_day_left_out() -> None:
    desk = desk_with(())

    reply = desk.say("book ann@acme.io any day this week except thursday, 3pm")

    assert offered(desk, reply) == {"book ann@acme.io 02 14:00 1"}
    assert not any("Thu" in choice.label for choice in reply.choices)


def test_an_exception_may_say_its_not_apart() -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say("cancel all meetings but not the one with tia")) == {"cancel b1", "cancel b2"}


def test_a_search_that_says_nothing_before_is_a_search() -> None:
    reply = desk_with(()).say("free slots thursday but nothing before 11")

    assert reply.choices[0].label == "11:00"


@pytest.mark.parametrize(
    "text", ["i'm off from thursday", "ab donnerstag bin ich im urlaub", "de sexta em diante não estou"]
)
def test_days_off_without_an_end_are_asked_about(text: str) -> None:
    desk = desk_with(())

    reply = desk.say(text)

    assert offered(desk, reply) == set()
    assert "until when" in reply.text


def test_one_behind_a_weekday_is_no_hour() -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say("cancel the thursday one and the friday one")) == {"cancel b1", "cancel b3"}


def test_everything_after_a_day_is_all_that_follows() -> None:
    desk = desk_with(THREE)

    assert offered(desk, desk.say("cancel everything after wednesday")) == {"cancel b1", "cancel b3"}


def test_a_single_time_that_is_blocked_is_held() -> None:
    desk = desk_with(())

    assert offered(desk, desk.say("block friday at 3pm")) == {"hold 06 14:00"}


def test_a_day_before_counts_from_the_meeting_and_its_clock() -> None:
    desk = desk_with(FOUR)

    assert offered(desk, desk.say("move omar's last one a day earlier")) == {"move b4 23 14:00"}


def test_several_at_one_clock_each_keep_their_day() -> None:
    desk = desk_with(FOUR)

    assert offered(desk, desk.say("move the next two with omar to 4pm")) == {"move b1 03 15:00", "move b2 10 15:00"}
