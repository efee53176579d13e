"""Nothing that somebody else wrote is alive in anything that we show: on every part of a card, in forms, on the home page."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from outsiders import LIVE, TEXTS, alive, alive_in

from bot.dialogue.acts import (
    Buttons,
    Choice,
    Facts,
    Form,
    FormField,
    Heading,
    HomePage,
    Line,
    Menu,
    Moments,
    Note,
    Reply,
    Subheading,
    Tile,
    Tiles,
)
from bot.mcp.tools import harmless
from bot.scheduling.models import Slot
from bot.scheduling.showing.inert import JOINER, drawn, seen
from bot.slack.drawing.render import remains_of, render, render_retired
from bot.slack.drawing.views import form_view, home_view
from bot.slack.ids import FormOrigin
from bot.terminal import lines_of

PAGE = "https://cal.com/ana/intro"
AT = datetime(2026, 3, 3, 14, tzinfo=UTC)
SLOT = Slot(AT, AT + timedelta(minutes=30))


def everywhere(text: str) -> Reply:
    """A card with that text wherever text can stand, and one address that a button vouches for."""
    choices = (Choice(id="a", label=text, hint=text), Choice(id="page", label=text, url=PAGE))
    parts = (
        Heading(text=text),
        Subheading(text=text),
        Line(text=f"{text} {PAGE} {text}"),
        Facts(rows=((text, text), ("When", f"{text} → {text}"), ("Page", PAGE), ("With", text))),
        Moments(rows=((SLOT, text, text),)),
        Buttons(choices=choices, title=f"{text}: {text}"),
        Menu(label=text, choices=(Choice(id="b", label=text),)),
        Tiles(tiles=(Tile(title=text, subtitle=text, body=text, choices=choices[:1]),)),
        Note(text=text),
    )
    return Reply(text=f"{text} {text}", parts=parts, card="card-1", lead=text)


@given(text=TEXTS)
@example(text="priya@acme.io/> evilquote")
@example(text="a.b`evilcode`")
@example(text="_evilslant_@channel")
@settings(max_examples=250, deadline=None)
def test_no_card_carries_anything_alive(text: str) -> None:
    reply, vouched = everywhere(text), frozenset({PAGE})
    message = render(reply)

    shown: list[Any] = [message.as_arguments(), list(message.plain), home_view(HomePage(sections=(reply, reply)))]
    shown.append(render_retired(remains_of(reply)).as_arguments())

    assert alive_in(shown, vouched=vouched) == []
    assert f"<{PAGE}>" in json.dumps(shown)


@given(text=TEXTS)
@example(text="www.evil.example/" * 4 + "priya@acme.io")
@example(text="priya@acme.io slack://channel?id=1")  # a label is cut after its first slash
@settings(max_examples=60, deadline=None)
def test_no_form_carries_anything_alive(text: str) -> None:
    field = FormField(name="who", label=text, hint=text, options=(("v", text),))
    view = form_view(Form(title=text, fields=(field,), submit=text, intro=text), FormOrigin(card="c", option="o"))

    assert alive_in(view) == []


@given(text=TEXTS)
@settings(max_examples=100, deadline=None)
def test_no_answer_to_an_agent_carries_anything_alive(text: str) -> None:
    found = harmless({"title": text, "with": [text], "card": text, "join_url": PAGE, "meetings": [{"title": text}]})

    for one in (found["title"], *found["with"], found["card"], found["meetings"][0]["title"]):
        assert alive(one, is_marked=False) == []
        assert "](" not in one
    assert found["join_url"] == PAGE


@pytest.mark.parametrize("text", ["evil\x1b[31m", "a\x07b", "ev\u202eil", "\u2066x"])
def test_a_terminal_is_told_nothing_but_letters(text: str) -> None:
    assert not [letter for line in lines_of(everywhere(text)) for letter in line if letter in "\x1b\x07\u202e\u2066"]


@pytest.mark.parametrize("text", LIVE)
def test_what_was_made_harmless_still_reads_the_same(text: str) -> None:
    """But for marks and line ends it is the same letters: nobody's name or address is spoilt."""
    assert drawn(text).replace(JOINER, "") == seen(text)


ORDINARY = (
    "Priya (priya@acme.io)",
    "Cal.com",
    "Tue 3 Mar, 15:00–15:30",
    "نام‌ها",
    "👩‍💻",
    "Dr. Who",
    "v1.2",
    "a_b@x.io",
)


@pytest.mark.parametrize("text", ORDINARY)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert drawn(text) == text
