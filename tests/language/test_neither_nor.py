"""Neither this nor that, in every language; and what stands behind a list leaves all of it out."""

from __future__ import annotations

import pytest
from reading_corpus import REFERENCE, written

from bot.language.locales.translation import in_english
from bot.language.normalise import normalise
from bot.language.times.moments import read_moments

BOTH_DAYS = "2026-03-09 day | 2026-03-03 day"
NEITHER = [
    "neither monday nor tuesday",
    "weder montag noch dienstag",
    "weder am montag noch am dienstag",
    "ni lundi ni mardi",
    "ni lunes ni martes",
    "ni el lunes ni el martes",
    "né lunedì né martedì",
    "nem segunda nem terça",
    "noch maandag noch dinsdag",
    "周一周二都不行",
    "月曜も火曜もだめ",
    "monday and tuesday excluded",
]
IN_THAT_WEEK = [
    "next week but neither monday nor friday",
    "nächste woche, aber weder montag noch freitag",
    "la semana que viene, pero ni el lunes ni el viernes",
    "la prossima settimana ma non lunedì né venerdì",
    "semana que vem, mas nem segunda nem sexta",
    "volgende week, maar niet maandag en ook niet vrijdag",
    "下周，周一和周五都不行",
]


@pytest.mark.parametrize("text", NEITHER)
def test_both_are_left_out(text: str) -> None:
    read = read_moments(in_english(normalise(text)), REFERENCE)

    assert " | ".join(map(written, read.excluded)) == BOTH_DAYS
    assert not read.moments


@pytest.mark.parametrize("text", IN_THAT_WEEK)
def test_both_are_left_out_of_the_week(text: str) -> None:
    read = read_moments(in_english(normalise(text)), REFERENCE)

    assert " | ".join(map(written, read.excluded)) == "2026-03-09 day | 2026-03-13 day"
    assert [written(moment)[:10] for moment in read.moments] == ["2026-03-09"]


@pytest.mark.parametrize(
    "text",
    [
        "que no sea antes de las 11 ni el viernes",
        "nunca antes das 11 nem à sexta",
        "nicht vor elf und nicht am freitag",
        "11時より前と金曜以外で",
    ],
)
def test_an_hour_and_a_day_are_both_bounds(text: str) -> None:
    read = read_moments(in_english(normalise(text)), REFERENCE)

    assert [written(moment) for moment in read.moments] == ["2026-03-02T11:00.. minute"]
    assert [written(moment) for moment in read.excluded] == ["2026-03-06 day"]


@pytest.mark.parametrize("text", ["geht noch freitag", "monday is fine and friday excluded"])
def test_a_day_beside_them_is_not(text: str) -> None:
    assert len(read_moments(in_english(normalise(text)), REFERENCE).moments) == 1
