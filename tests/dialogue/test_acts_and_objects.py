"""What an act is about: who only tells why, which act is whose, which time is whose, how many of a day are meant."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 9, number=1)
OMAR = booking_with("Omar Haddad", date(2026, 3, 5), 11, number=2)
IVO = booking_with("Ivo Brandt", date(2026, 3, 5), 14, number=3)
ROSE = booking_with("Rose Tan", date(2026, 3, 6), 11, number=4)
KIM = "kim@example.org"


def desk() -> Desk:
    return desk_with((NORA, OMAR, IVO, ROSE))


WHY = [
    "cancel nora, i'm meeting omar then",
    "cancel nora, i've got omar",
    "cancel nora - omar's call ran over",
    "cancel nora, omar needs me",
    "cancel nora because i have a call with omar",
    "cancel nora, it clashes with omar",
    "cancel nora so i can meet omar",
    "cancel nora to make room for omar",
    "cancel nora due to omar",
    "i'm seeing omar, so cancel nora",
    "cancel my 9am thursday, i'm with omar then",
    "sag nora ab, ich treffe omar",
    "sag nora ab, weil omar mich braucht",
    "cancela a nora, tengo a omar a esa hora",
    "annule nora, je vois omar",
    "annulla nora, vedo omar",
    "cancela nora, tenho o omar nessa hora",
    "annuleer nora, ik heb omar dan",
]


@pytest.mark.parametrize("text", WHY)
def test_who_is_named_to_tell_why_is_not_cancelled(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b1"}


@pytest.mark.parametrize(
    "text",
    [
        "move nora to friday at 9, omar needs the slot",
        "move nora to friday at 9 so ivo can join",
        "move nora to friday at 9, i'm meeting omar then",
        "move nora to friday at 9 since omar took her slot",
    ],
)
def test_who_is_named_to_tell_why_is_not_moved(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"move b1 06 08:00"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cancel nora, omar too", {"cancel b1", "cancel b2"}),
        ("cancel nora, then omar", {"cancel b1", "cancel b2"}),
        ("sag nora ab, omar auch", {"cancel b1", "cancel b2"}),
        ("cancel everything thursday, omar stays", {"cancel b1", "cancel b3"}),
        ("cancel everything thursday, omar is staying", {"cancel b1", "cancel b3"}),
        ("cancel nora, omar can stay", {"cancel b1"}),
        ("move nora to friday at 9, omar wants 10", set()),
    ],
)
def test_what_is_said_of_somebody_else_holds(text: str, wanted: set[str]) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        f"cancel nora and set up a call with {KIM} thursday at 4",
        f"cancel nora and get {KIM} in thursday at 4",
        f"cancel nora, i need a call with {KIM} thursday at 4",
        f"cancel nora and meet {KIM} thursday at 4",
        f"cancel nora. call with {KIM} thursday at 4",
        f"cancel nora and instead book {KIM} at the same time",
        f"cancel nora and give the slot to {KIM}",
        "cancel nora and put omar on friday at 9",
        "cancel nora and see her friday at 9 instead",
        f"sag nora ab und leg {KIM} auf donnerstag 16 uhr",
        f"cancela a nora y ponme con {KIM} el jueves a las 16",
        f"annule nora et mets {KIM} jeudi à 16h",
        f"annulla nora e metti {KIM} giovedì alle 16",
        f"annuleer nora en zet {KIM} donderdag om 16 uur",
        f"cancela a nora e coloca {KIM} na quinta às 16",
    ],
)
def test_a_plan_behind_a_cancellation_is_a_second_act(text: str) -> None:
    talk = desk()
    reply = talk.say(text)

    assert not offered(talk, reply)
    assert "two things" in reply.text


@pytest.mark.parametrize(
    "text",
    [
        "cancel nora and give omar a heads up about thursday",
        "cancel nora and make sure omar knows by friday",
        "cancel nora, i need to be in rome friday",
        "cancel nora and let omar know it's off thursday",
    ],
)
def test_a_message_or_why_is_no_second_act(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b1"}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("move ivo and nora to friday at 2 and 3", {"move b3 06 13:00", "move b1 06 14:00"}),
        ("move ivo and nora to friday, nora at 9 ivo at 10", {"move b1 06 08:00", "move b3 06 09:00"}),
        ("move ivo and nora to friday, ivo at 9 and nora at 10", {"move b3 06 08:00", "move b1 06 09:00"}),
        ("move ivo and nora to friday and wednesday", {"move b3 06 13:00", "move b1 04 08:00"}),
        ("reschedule greta and ivo to friday, greta at 9 ivo at 10", {"move b3 06 09:00"}),
    ],
)
def test_each_of_two_goes_to_the_time_that_is_theirs(text: str, wanted: set[str]) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == wanted


def test_who_comes_when_behind_a_colon_is_no_topic() -> None:
    talk = desk()

    assert not offered(talk, talk.say("move ivo and nora to friday: nora 10, ivo 11"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cancel the last two on thursday", {"cancel b2", "cancel b3"}),
        ("cancel the last two thursday", {"cancel b2", "cancel b3"}),
        ("cancel the last 2 on thursday", {"cancel b2", "cancel b3"}),
        ("cancel the first two thursday", {"cancel b1", "cancel b2"}),
        ("cancel all but the last two on thursday", {"cancel b1"}),
        ("cancel all but the first on thursday", {"cancel b2", "cancel b3"}),
        ("cancel thursday's third meeting", {"cancel b3"}),
        ("cancel thursday's second call", {"cancel b2"}),
        ("cancel the morning meetings thursday", {"cancel b1", "cancel b2"}),
        ("cancel the middle two thursday", set()),
        ("push all but the last by 60", {"move b1 05 09:00", "move b2 05 11:00", "move b3 05 14:00"}),
        ("all but the last an hour later", {"move b1 05 09:00", "move b2 05 11:00", "move b3 05 14:00"}),
        ("book kim@example.org two thursday", {"book kim@example.org 05 13:00 1"}),
    ],
)
def test_so_many_of_a_day_are_no_hour(text: str, wanted: set[str]) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cancel omar but keep rose", {"cancel b2"}),
        ("cancel everything but keep rose", {"cancel b1", "cancel b2", "cancel b3"}),
        ("keep rose, cancel the rest", {"cancel b1", "cancel b2", "cancel b3"}),
        ("cancel dr haddad", {"cancel b2"}),
        ("cancel dr. haddad", {"cancel b2"}),
        ("move Prof Haddad to 3", {"move b2 05 14:00"}),
        ("skip omar on thursday", {"cancel b2"}),
        ("skip the call with omar", {"cancel b2"}),
        ("skip this week's call with omar", {"cancel b2"}),
        ("rose can't do friday, try thursday at 4", {"move b4 05 15:00"}),
        ("move omar to 3 because it's too early", {"move b2 05 14:00"}),
    ],
)
def test_who_is_meant_is_found(text: str, wanted: set[str]) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == wanted


@pytest.mark.parametrize(
    "last",
    [
        "dana needs to be there, kim doesn't",
        "dana has to come, kim doesn't have to",
        "dana must, kim not",
        "dana is in, kim is out",
        "ok but kim isn't coming",
        "dana yes, kim no",
    ],
)
def test_who_need_not_come_goes_and_the_other_keeps_their_address(last: str) -> None:
    talk = desk()
    talk.say(f"book {KIM} and dana@example.org friday at 9")

    assert offered(talk, talk.say(last)) == {"book dana@example.org 06 08:00 1"}


@pytest.mark.parametrize("last", ["kim says wednesday", "kim says wednesday works better", "kim suggested wednesday"])
def test_another_time_that_somebody_wants_changes_the_card(last: str) -> None:
    talk = desk()
    talk.say(f"book {KIM} tuesday at 2")

    assert offered(talk, talk.say(last)) == {f"book {KIM} 04 13:00 1"}


@pytest.mark.parametrize("place", ["at san marco", "at st. anna", "in santa clara"])
def test_a_place_named_after_a_saint_invites_nobody(place: str) -> None:
    talk = desk()
    reply = talk.say(f"lunch with {KIM} {place} friday at 12")

    assert offered(talk, reply) == {f"book {KIM} 06 11:00 1"}
    assert "no mail address" not in reply.text


@pytest.mark.parametrize("text", ["when i'm done with omar", "once i'm done with omar"])
def test_once_done_with_somebody_is_right_after_their_meeting(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(f"book {KIM} {text}")) == {f"book {KIM} 05 10:30 1"}


@pytest.mark.parametrize("text", [f"have {KIM} join the omar call", f"have {KIM} join omar and me thursday"])
def test_somebody_joins_a_meeting_that_stands(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"AddGuests"}


@pytest.mark.parametrize(
    "text",
    [
        "cancel two of the thursday meetings",
        "cancel one of thursday's calls",
        "cancel some of thursday's meetings",
        "move one of the thursday calls to friday",
    ],
)
def test_some_of_several_are_asked_for(text: str) -> None:
    talk = desk()

    assert not offered(talk, talk.say(text))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("cancel all but the first and last on thursday", {"cancel b2"}),
        ("cancel the earlier of the two friday", {"cancel b4"}),
        ("cancel everything but nora and rose", {"cancel b2", "cancel b3"}),
        ("cancel all meetings except rose", {"cancel b1", "cancel b2", "cancel b3"}),
        ("cancel all the omars", {"cancel b2"}),
        ("move nora next to ivo", {"move b1 05 13:30"}),
    ],
)
def test_what_is_left_out_and_named_together_is_told_apart(text: str, wanted: set[str]) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == wanted


@pytest.mark.parametrize("text", ["cancel sam", "cancel all the sams", "cancel both sams"])
def test_who_is_called_so_comes_before_who_is_called_alike(text: str) -> None:
    sams = ("Sam Ng", "Sam Ortiz", "Samantha Lee")
    talk = desk_with(tuple(booking_with(name, date(2026, 3, 5), 9 + at, number=at) for at, name in enumerate(sams, 1)))
    reply = talk.say(text)

    assert "Samantha" not in reply.text
    assert offered(talk, reply) in (set(), {"cancel b1", "cancel b2"})


@pytest.mark.parametrize("last", ["no actually cancel omar", "actually cancel omar", "no, cancel omar"])
def test_another_act_below_a_card_is_not_about_its_guest(last: str) -> None:
    talk = desk()
    talk.say(f"book {KIM} friday at 9")

    assert offered(talk, talk.say(last)) == {"cancel b2"}


@pytest.mark.parametrize(
    "text",
    [
        "cancel nora like omar asked",
        "cancel nora and maybe omar",
        "cancel nora and thank omar",
        "cancel nora's meeting that was booked by omar",
        "cancel nora until omar is back",
    ],
)
def test_a_word_that_no_list_has_leaves_open_who_is_meant(text: str) -> None:
    talk = desk()

    assert not offered(talk, talk.say(text))


@pytest.mark.parametrize(
    "text",
    [
        "cancel nora, the call with omar, and ivo too",
        "cancel nora as well as omar and ivo",
        "cancel nora first, then omar, lastly ivo",
        "cancel nora, if possible also omar and ivo",
        "cancel nora, and while you're at it omar and ivo",
    ],
)
def test_a_list_of_those_meant_is_one_card(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b1", "cancel b2", "cancel b3"}
