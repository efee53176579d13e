"""«mornings» without a day is a part of each of the next days; how full a week is; clocks of elsewhere."""

from __future__ import annotations

import pytest
from deeds import desk_with
from rooms import Desk

ANY_DAY = [
    "which mornings are open", "what mornings do i have free", "find 30 min with kim@example.org in the mornings",
    "mornings work best for me, find time with kim@example.org", "quelles matinées sont libres",
    "welche vormittage sind frei",
]  # fmt: skip


@pytest.mark.parametrize("text", ANY_DAY)
def test_parts_of_any_day_are_looked_for_on_several_days(text: str) -> None:
    reply = desk_with(()).say(text)

    assert "Mon 2 Mar 10:30" in reply.text
    assert "Tue 3 Mar 09:00" in reply.text
    assert "Thu 5 Mar" in reply.text
    assert "12:30" not in reply.text


def test_parts_of_a_named_week_stay_in_it() -> None:
    reply = desk_with(()).say("what's free mornings next week")

    assert "Mon 9 Mar" in reply.text
    assert "Mon 2 Mar" not in reply.text


@pytest.mark.parametrize(
    "text", ["how busy is next week", "how packed is next week looking", "how full is my next week"]
)
def test_how_full_a_week_is_tells_what_is_on(text: str) -> None:
    assert "no meetings from Mon 9 Mar" in desk_with(()).say(text).text


def test_how_full_something_else_is_is_none_of_ours() -> None:
    assert "meetings" not in desk_with(()).say("how full is the train on friday").text


ELSEWHERE = [
    ("when it's 9 in new york what is it here", "09:00 New York is", "15:00 Berlin"),
    ("what's 4pm new york time here", "16:00 New York is", "22:00 Berlin"),
    ("if it's noon in tokyo what is it here", "12:00 Tokyo is", "04:00 Berlin"),
]


@pytest.mark.parametrize(("text", "there", "here"), ELSEWHERE)
def test_a_clock_of_elsewhere_is_told_on_ours(text: str, there: str, here: str) -> None:
    reply = Desk().say(text)

    assert there in reply.text
    assert here in reply.text


def test_an_address_sometime_in_a_week_is_looked_for_there() -> None:
    assert "Free for Intro" in Desk().say("kim@example.org sometime in the week of the 16th").text
