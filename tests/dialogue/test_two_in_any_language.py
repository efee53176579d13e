"""Two wishes in one text, in the languages whose words for it differ most: neither is done to whom the other is about."""

from __future__ import annotations

from datetime import date

import pytest
from deeds import desk_with, offered
from rooms import Desk, booking_with

NORA = booking_with("Nora Vale", date(2026, 3, 5), 10, number=1)
"""Thursday 5 March, 10:00 in Berlin."""
OMAR = booking_with("Omar Haddad", date(2026, 3, 6), 11, number=2)
"""Friday 6 March, 11:00 in Berlin."""


def desk() -> Desk:
    return desk_with((NORA, OMAR))


TWO = [
    "取消nora的会，把omar改到周三",
    "取消nora，omar推迟一小时",
    "noraをキャンセルして、omarを水曜に変更して",
    "noraの会議をキャンセル、omarは1時間遅らせて",
    "noraを月曜に、omarを水曜に変更して",
    "zeg nora af en zet omar op woensdag",
    "zeg nora af en verplaats omar naar woensdag",
    "月曜3時にcy@example.org、水曜4時にlou@example.orgで予約",
    "cancel nora and put omar in her place",
    "sag nora ab und setz omar auf ihren platz",
    "nora absagen und omar dafür reinnehmen",
    "annulla nora e mettici omar al suo posto",
    "zeg nora af en zet omar op haar plek",
    "noraをキャンセルして、その枠にomarを入れて",
    "取消nora，把omar换到她的时间",
]


@pytest.mark.parametrize("text", TWO)
def test_two_wishes_are_asked_about(text: str) -> None:
    talk = desk()
    reply = talk.say(text)

    assert not offered(talk, reply)
    assert "two things" in reply.text


BOTH = ["取消nora和omar", "noraとomarをキャンセルして", "取消nora，还有omar的", "zeg nora en omar af"]


@pytest.mark.parametrize("text", BOTH)
def test_one_act_for_two_people_is_one_card(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"cancel b1", "cancel b2"}


LEFT = [
    "forget nora, move omar to thursday",
    "laat nora maar zitten, verplaats omar naar donderdag",
    "vergiss nora, verschieb omar auf donnerstag",
    "olvida lo de nora, mueve a omar al jueves",
    "算了nora，omar改到周四",
]


@pytest.mark.parametrize("text", LEFT)
def test_who_is_to_be_left_alone_is_not_moved_as_well(text: str) -> None:
    talk = desk()
    reply = talk.say(text)

    assert offered(talk, reply) == {"move b2 05 10:00"}
