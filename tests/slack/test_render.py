from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block as SdkBlock
from slack_sdk.models.views import View as SdkView
from slack_worlds import card

from bot.dialogue.acts import (
    Buttons,
    Choice,
    Facts,
    FieldKind,
    Form,
    FormField,
    Heading,
    HomePage,
    Line,
    Menu,
    Note,
    Reply,
    Style,
)
from bot.slack.drawing import blocks as kit
from bot.slack.drawing.limits import message_problems, view_problems
from bot.slack.drawing.render import remains_of, render, render_retired, without_buttons
from bot.slack.drawing.views import form_view, home_view
from bot.slack.ids import FormOrigin, Pressed, read_pressed

WORDS = st.builds(lambda text, times: text * times, st.text(max_size=8), st.sampled_from([1, 1, 2, 40, 600]))
IDS = st.text(alphabet="abcXYZ019_-", min_size=1, max_size=24)
CHOICES = st.builds(
    Choice,
    id=IDS,
    label=WORDS,
    style=st.sampled_from(Style),
    url=st.sampled_from(["", "https://cal.example.com/x"]),
    hint=WORDS,
)
SOME_CHOICES = st.builds(
    lambda choices, times: tuple(choices) * times, st.lists(CHOICES, max_size=3), st.sampled_from([1, 1, 2, 15, 45])
)
PARTS = st.one_of(
    st.builds(Heading, text=WORDS),
    st.builds(Line, text=WORDS),
    st.builds(Note, text=WORDS),
    st.builds(Facts, rows=st.lists(st.tuples(WORDS, WORDS), max_size=3).map(lambda rows: rows * 4).map(tuple)),
    st.builds(Buttons, choices=SOME_CHOICES, title=WORDS),
    st.builds(Menu, label=WORDS, choices=SOME_CHOICES),
)
REPLIES = st.builds(Reply, text=WORDS, parts=st.lists(PARTS, max_size=4).map(tuple), card=IDS)


@given(reply=REPLIES)
@settings(max_examples=60, deadline=None)
def test_every_message_is_within_slacks_limits(reply: Reply) -> None:
    message = render(reply)

    assert message_problems(message.as_arguments()) == []


@given(replies=st.lists(REPLIES, max_size=3).map(lambda replies: replies * 4))
@settings(max_examples=20, deadline=None)
def test_every_home_page_is_within_slacks_limits(replies: list[Reply]) -> None:
    view = home_view(HomePage(sections=tuple(replies)))

    assert view_problems(view) == []


FIELDS = st.builds(
    FormField,
    name=IDS,
    label=WORDS,
    kind=st.sampled_from(FieldKind),
    value=WORDS,
    hint=WORDS,
    is_required=st.booleans(),
    options=st.lists(st.tuples(WORDS, WORDS), max_size=3, unique_by=lambda one: one[0]).map(tuple),
)


def one_addressee(fields: list[FormField]) -> bool:
    return sum(field.kind is FieldKind.ADDRESSEE for field in fields) < 2


@given(
    fields=st.lists(FIELDS, min_size=1, max_size=4, unique_by=lambda one: one.name).filter(one_addressee),
    title=WORDS,
    submit=WORDS,
)
@settings(max_examples=30, deadline=None)
def test_every_form_is_within_slacks_limits(fields: list[FormField], title: str, submit: str) -> None:
    form = Form(title=title, fields=tuple(fields), submit=submit, intro=title)
    view = form_view(form, FormOrigin(card="p" * 22, option="who", channel="C1", thread="1.1", ts="2.2"))

    SdkView(**view).validate_json()
    assert view_problems(view) == []


def test_slacks_own_models_accept_a_card() -> None:
    reply = card(
        *(Choice(id=f"slot{hour}", label=f"{hour}:00") for hour in range(9, 12)),
        Choice(id="open", label="Open", url="https://cal.example.com/b/1"),
        Choice(id="cancel", label="Cancel meeting", style=Style.DANGER),
    )
    reply = Reply(
        text=reply.text,
        parts=(*reply.parts, Menu(label="More", choices=(Choice(id="a", label="A"), Choice(id="b", label="B")))),
        card="card-1",
    )

    for block in render(reply).blocks:
        parsed = SdkBlock.parse(block)
        assert parsed is not None
        parsed.validate_json()


HOSTILE = ["<!channel>", "<!here|x>", "<@U1ADMIN>", "<https://evil.example|Join Zoom>", "<mailto:a@evil.example|Dana>"]


@pytest.mark.parametrize("hostile", HOSTILE)
def test_foreign_text_cannot_ping_or_forge_a_link(hostile: str) -> None:
    parts = (
        Heading(text=hostile),
        Line(text=hostile),
        Facts(rows=((hostile, hostile), ("When", f"{hostile} → {hostile}"))),
        Buttons(choices=(Choice(id="a", label=hostile, hint=hostile),), title=hostile),
        Menu(label=hostile, choices=(Choice(id="b", label=hostile),)),
        Note(text=hostile),
    )
    message = render(Reply(text=hostile, parts=parts, card="card-1"))

    assert not [text for text in marked_texts(message.blocks) if "<!" in text or "<@" in text or "|" in live(text)]
    assert "<" not in message.text.replace("&lt;", "").replace("<https://evil.example>", "")


def marked_texts(value: Any) -> list[str]:
    if isinstance(value, dict):
        own = [value["text"]] if value.get("type") == "mrkdwn" else []
        return own + [text for one in value.values() for text in marked_texts(one)]
    if isinstance(value, list | tuple):
        return [text for one in value for text in marked_texts(one)]
    return []


def live(text: str) -> str:
    """What stands between angle brackets: the only thing that Slack follows."""
    return "".join(part.partition(">")[0] for part in text.split("<")[1:])


@pytest.mark.parametrize("text", ["*free*", "~gone~", "`code`", "_quiet_", "a *b* c"])
def test_foreign_text_brings_no_markup(text: str) -> None:
    (block,) = render(Reply(text="x", parts=(Line(text=text),))).blocks

    assert not set("*~`_") & set(block["text"]["text"])


@pytest.mark.parametrize("text", ["jane_doe_smith@example.com", "2*3", "5 * 3", "~30 min", "snake_case"])
def test_harmless_marks_are_left_alone(text: str) -> None:
    (block,) = render(Reply(text="x", parts=(Line(text=text),))).blocks

    assert block["text"]["text"] == text


def test_an_address_that_a_button_vouches_for_is_a_link_that_shows_itself() -> None:
    button = Buttons(choices=(Choice(id="join", label="Join", url="https://meet.example.com/a?b=1&c=2"),))
    block, _ = render(Reply(text="x", parts=(Line(text="Join: https://meet.example.com/a?b=1&c=2."), button))).blocks

    assert block["text"]["text"] == "Join: <https://meet.example.com/a?b=1&amp;c=2>."


def test_the_old_value_of_a_move_is_struck_through() -> None:
    (block,) = render(Reply(text="x", parts=(Facts(rows=(("When", "Tue 14:00 → Wed 15:00"),)),))).blocks

    assert block["text"]["text"] == "*When*\n~Tue 14:00~ → Wed 15:00"


def test_short_facts_stand_two_abreast_and_a_long_one_has_the_card_to_itself() -> None:
    rows = (("When", "Tue 14:00"), ("With", "Lee"), ("Where", "x" * 80))
    short, long = render(Reply(text="x", parts=(Facts(rows=rows),))).blocks

    assert [one["text"] for one in short["fields"]] == ["*When*\nTue 14:00", "*With*\nLee"]
    assert long["text"]["text"] == f"*Where*\n{'x' * 80}"


def test_a_card_that_is_too_long_says_how_much_is_missing() -> None:
    lines = tuple(Line(text=f"{number} " + "x" * 900) for number in range(40))
    blocks = render(Reply(text="x", parts=lines)).blocks

    assert kit.size_of(list(blocks)) <= kit.MOST_BYTES
    assert blocks[-1]["elements"][0]["text"].startswith(str(40 - len(blocks) + 1))


def test_a_button_carries_its_card_and_option_and_nothing_else() -> None:
    (block,) = render(Reply(text="x", card="q9/Ä b", parts=(Buttons(choices=(Choice(id="o/1", label="Go"),)),))).blocks

    assert read_pressed(block["elements"][0]["value"]) == Pressed("q9/Ä b", "o/1")


def test_a_menu_after_a_short_row_of_buttons_joins_it() -> None:
    parts = (Buttons(choices=(Choice(id="a", label="A"),)), Menu(label="More", choices=(Choice(id="b", label="B"),)))
    blocks = render(Reply(text="x", parts=parts, card="c")).blocks

    assert [[one["type"] for one in block["elements"]] for block in blocks] == [["button", "static_select"]]


def test_a_reply_without_a_card_is_its_sentence() -> None:
    message = render(Reply(text="You are welcome."))

    assert message.text == "You are welcome."
    assert [block["text"]["text"] for block in message.blocks] == ["You are welcome."]


def test_a_card_without_buttons_keeps_its_facts() -> None:
    bare = without_buttons(card(), "Sent directly.")

    assert bare.choices == ()
    assert [type(part).__name__ for part in bare.parts] == ["Heading", "Facts", "Note", "Note"]


def test_a_secret_is_never_shown_again_and_its_field_says_where_it_goes() -> None:
    field = FormField(name="key", label="API key", kind=FieldKind.SECRET, value="cal_live_1", hint="From Settings.")
    view = form_view(Form(title="Connect", fields=(field,)), FormOrigin(card="p", option="o"))

    assert "cal_live_1" not in json.dumps(view)
    assert "encrypted" in view["blocks"][0]["hint"]["text"]


def test_a_label_does_not_repeat_the_day_above_its_row() -> None:
    row = Buttons(title="Mon 23 Nov", choices=(Choice(id="a", label="Mon 23 Nov 09:00"), Choice(id="b", label="Later")))
    title, buttons = render(Reply(text="x", parts=(row,), card="c")).blocks

    assert title["text"]["text"] == "*Mon 23 Nov*"
    assert [one["text"]["text"] for one in buttons["elements"]] == ["09:00", "Later"]
    assert buttons["elements"][0]["accessibility_label"] == "Mon 23 Nov 09:00"


def test_a_retired_card_says_in_one_line_what_it_was_about() -> None:
    row = Buttons(title="Mon 23 Nov", choices=(Choice(id="a", label="09:00"), Choice(id="b", label="09:30")))
    gone = render_retired(remains_of(Reply(text="x", parts=(Heading(text="Free"), row), card="c")))

    assert [block["elements"][0]["text"] for block in gone.blocks] == ["Free", "Replaced by a newer card."]
