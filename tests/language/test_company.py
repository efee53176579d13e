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


@pytest.mark.parametrize(
    ("text", "optional"),
    [
        ("find time for dana, omar and kim next week, omar is optional", {"omar"}),
        ("find time for dana and kim on thursday, omar if he can", {"omar"}),
        ("meeting with dana and omar on friday, dana must be there, omar if possible", {"omar"}),
        ("30 min with dana and omar thursday, omar can skip", {"omar"}),
        ("30 min with dana and omar thursday, omar doesn't have to be there", {"omar"}),
        ("meet with dana, ideally also omar, thursday", {"omar"}),
        ("dana, kim and omar next week, only dana is required", {"kim", "omar"}),
        ("dana, kim and omar next week, at least dana", {"kim", "omar"}),
        ("find a slot for dana, kim and omar, dana and kim are required", {"omar"}),
        ("termin mit dana, kim und omar, dana muss dabei sein", {"kim", "omar"}),
        ("termin mit dana und omar am freitag, omar muss nicht dabei sein", {"omar"}),
        ("termin mit dana und omar nächste woche, dana ist pflicht, omar optional", {"omar"}),
        ("find time next week, dana and kim have to make it, yuki is optional", {"yuki"}),
        ("book friday at 3 with dana if possible", set()),
        ("friday at 3 with dana and omar if possible", set()),
        ("lena must be there by 3, book sam tomorrow at 2", set()),
        ("dana must leave at 4, book her at 3 tomorrow", set()),
    ],
)
def test_who_is_needed_is_told_behind_the_list_too(text: str, optional: set[str]) -> None:
    assert set(understand(text, HERE).optional) == optional


@pytest.mark.parametrize(
    ("text", "quorum"),
    [
        ("find a slot next week for at least two of dana, omar and kim", 2),
        ("any two of dana, omar and kim on thursday", 2),
        ("mindestens zwei von dana, omar und kim nächste woche", 2),
        ("find a time when most of dana, omar and kim can", 2),
        ("book dana, omar and kim on the second of april", None),
        ("two slots for dana and kim on thursday", None),
    ],
)
def test_how_many_of_them_are_enough(text: str, quorum: int | None) -> None:
    assert understand(text, HERE).quorum == quorum


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("find time for dana omar lena", ("dana", "omar", "lena")),
        ("find time for dana omar lena and kim", ("dana", "omar", "lena", "kim")),
        ("move sam taylor to friday", ("sam taylor",)),
    ],
)
def test_three_first_names_in_a_row_are_three_people(text: str, people: tuple[str, ...]) -> None:
    assert understand(text, HERE).people == people


def test_who_has_to_make_it_is_not_taken_back() -> None:
    people = understand("dana and kim have to make it on friday, yuki can skip", HERE).people

    assert people == ("dana", "kim", "yuki")
