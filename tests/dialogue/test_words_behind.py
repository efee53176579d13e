"""Words behind a stretch of hours, or behind who comes, that are no part of either."""

from __future__ import annotations

import pytest
from deeds import offered
from rooms import CONTEXT, DANA, Desk

from bot.dialogue.acts.together import Known


def desk() -> Desk:
    return Desk(context=CONTEXT, known={"dana": (Known(person=DANA),)})


@pytest.mark.parametrize(
    ("wanted", "text"),
    [
        ("09:00–11:00", "30 min with dana thursday between 9 and 11 in person"),
        ("09:00–11:00", "30 min with dana thursday from 9 to 11 in person"),
        ("09:00–11:00", "30 min with dana thursday 9-11 in person"),
    ],
)
def test_a_word_behind_a_stretch_of_hours_leaves_its_end(wanted: str, text: str) -> None:
    talk = desk()
    talk.say(text)
    request = talk.conversation.request
    hours = request.moments[0].hours  # type: ignore[union-attr]  # a wish with a time
    assert hours is not None

    assert f"{hours.start:%H:%M}–{hours.end:%H:%M}" == wanted


@pytest.mark.parametrize(
    "text",
    [
        "freitag 15 uhr mit dana wegen der folien", "freitag 15 uhr mit dana bzgl der folien",
        "sexta às 15h com dana devido ao plano", "vrijdag 15 uur met dana vanwege de release",
        "vendredi 15h avec dana concernant le budget", "venerdì alle 15 con dana riguardo al budget",
        "el viernes a las 15 con dana acerca del plan",
    ],
)  # fmt: skip
def test_a_word_that_leads_to_what_it_is_about_is_no_surname(text: str) -> None:
    talk = desk()

    assert offered(talk, talk.say(text)) == {"book dana@acme.io 06 14:00 1"}
