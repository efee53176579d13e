from __future__ import annotations

import pytest

from bot.language.report import reference_of
from bot.language.signs import Cue
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
        ("30 min with dana, optional: mateo, next week", ("mateo",)),
        ("30 min with dana next week, mateo optional", ("mateo",)),
        ("30 min mit dana, optional: mateo, nächste woche", ("mateo",)),
        ("30 min con dana, opcional: mateo, la próxima semana", ("mateo",)),
        ("30 min avec dana, facultatif: mateo, la semaine prochaine", ("mateo",)),
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


@pytest.mark.parametrize(
    "text",
    [
        "30 min with yuki tomorrow, her morning",
        "30 min with yuki and omar in their mornings next week",
        "30 min mit yuki morgen an ihrem vormittag",
        "30 min avec yuki demain, son matin",
        "30 min con yuki el jueves por su tarde",
    ],
)
def test_a_part_of_somebody_elses_day_is_by_their_clock(text: str) -> None:
    assert understand(text, HERE).has(Cue.THEIR_CLOCK)


@pytest.mark.parametrize(
    ("text", "group"),
    [("meet <!subteam^S07|@design> tomorrow", "design"), ("meet <!subteam^S07> tomorrow", "S07")],
)
def test_a_group_is_known_by_its_handle_and_else_by_its_id(text: str, group: str) -> None:
    assert understand(text, HERE).detail("group") == group
