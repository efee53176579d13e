from __future__ import annotations

import pytest

from bot.language.report import reference_of
from bot.language.understand import understand

HERE = reference_of({"now": "2026-11-23T10:00:00+01:00", "tz": "Europe/Berlin"}, zone="UTC")


@pytest.mark.parametrize(
    "text",
    [
        "30 min with ana or bo next week",
        "who's free at 3 tomorrow, dana or omar?",
        "call with <@U1> or <@U2> friday",
        "intro with dana or omar@acme.io on monday",
        "30 min mit dana oder omar morgen",
        "wer hat morgen um 15 uhr zeit, dana oder omar?",
    ],
)
def test_one_of_two_people_is_enough(text: str) -> None:
    assert understand(text, HERE).is_either


@pytest.mark.parametrize(
    "text",
    [
        "30 min with ana and bo next week",
        "tuesday or thursday with dana and omar",
        "with dana tomorrow or friday",
        "intro or deep dive with dana and omar on monday",
    ],
)
def test_other_alternatives_leave_everybody_needed(text: str) -> None:
    assert not understand(text, HERE).is_either


@pytest.mark.parametrize(
    ("text", "optional"),
    [
        ("meet with dana and omar, optional: yuki, tomorrow", ("yuki",)),
        ("meet with dana, optional: omar and yuki", ("omar", "yuki")),
        ("30 min with dana and cy (optional) thursday", ("cy",)),
        ("30 min with <@U1>, optionally <@U2>", ("U2",)),
        ("30 min mit dana und omar, optional yuki, morgen", ("yuki",)),
        ("30 min with dana and omar", ()),
    ],
)
def test_who_need_not_come_is_named(text: str, optional: tuple[str, ...]) -> None:
    assert understand(text, HERE).optional == optional


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("30 min with sam n. tomorrow", ("sam n",)),
        ("30 min with sam n tomorrow", ("sam n",)),
        ("intro with sam n. and dana", ("sam n", "dana")),
        ("meet sam a week from now", ("sam",)),
        ("call sam. tomorrow 3pm", ("sam",)),
    ],
)
def test_an_initial_belongs_to_the_name(text: str, people: tuple[str, ...]) -> None:
    assert understand(text, HERE).people == people
