from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from fake_slack import BOT_USER, TEAM
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_worlds import ANA, NOW, direct_message, open_world, press

from bot.scheduling.accounts import Owner
from bot.slack.drawing.text import mrkdwn, shorten, unwrap
from bot.slack.ids import (
    ActionKind,
    Element,
    FieldId,
    FormOrigin,
    Pressed,
    read_element,
    read_field,
    read_origin,
    read_pressed,
    write_element,
    write_field,
    write_origin,
    write_pressed,
)
from bot.slack.receiving.inbound import read_arrival
from bot.slack.receiving.payloads import for_bolt, payload_of, read_kept, read_payload, write_payload
from bot.slack.sending.places import Place, Spot, read_place, with_hook, write_place

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


def event_body(event: Any) -> dict[str, Any]:
    return {"type": "event_callback", "team_id": TEAM, "event_id": "Ev1", "event": event}


COMPLETE: list[dict[str, Any]] = [
    event_body(direct_message("book lee")),
    event_body({"type": "app_home_opened", "user": ANA, "channel": "D1", "tab": "home"}),
    event_body({"type": "user_change", "user": {"id": ANA, "profile": {}}}),
    event_body({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U1"]}}),
    press("D1", "1.1", {"action_id": "p1/press/0/", "value": "p1/a/b", "type": "button", "action_ts": "1.0"}),
    {
        "type": "view_submission",
        "team": {"id": TEAM},
        "user": {"id": ANA},
        "view": {
            "id": "V1",
            "callback_id": "p1/form",
            "private_metadata": "p1/card/who/D1//1.1/direct",
            "state": {
                "values": {"p1/email/email/1": {"typed": {"type": "plain_text_input", "value": "a@example.com"}}}
            },
        },
    },
    {"type": "view_closed", "team": {"id": TEAM}, "user": {"id": ANA}, "view": {"id": "V1", "callback_id": "x"}},
    {"type": "message_action", "callback_id": "old", "team": {"id": TEAM}, "user": {"id": ANA}},
]


def paths_of(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path] + [found for key, inner in pairs for found in paths_of(inner, (*path, key))]


def with_change(body: Any, path: tuple[Any, ...], value: Any) -> Any:
    if not path:
        return value
    copy = json.loads(json.dumps(body))
    at = copy
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = value
    return copy


WRONG: tuple[Any, ...] = (None, 7, "x", [], {})
CHANGES = [(body, path) for body in COMPLETE for path in paths_of(body)[1:]]


@given(change=st.sampled_from(CHANGES), value=ANYTHING)
@settings(max_examples=150, deadline=None)
def test_no_wrong_typed_field_breaks_the_reading(change: tuple[Any, Any], value: Any) -> None:
    body, path = change

    payload = read_payload(json.dumps(with_change(body, path, value)).encode())

    if payload is not None:
        read_arrival(payload, bot=BOT_USER, now=NOW)
        assert payload_of(for_bolt(payload)) == payload
        assert read_kept(write_payload(payload)) == payload


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"payload=",
        b"payload=%7B",
        b"payload=[]",
        b"\xff\xfe",
        b'{"type": "\\ud800"}',
        b"[" * 100_000,
        b'{"event":' * 50_000,
        b"&".join(b"a=%d" % number for number in range(1000)),
        b"nothing",
    ],
)
def test_what_is_no_request_is_none(body: bytes) -> None:
    assert read_payload(body) is None


async def test_every_wrong_typed_request_is_answered() -> None:
    async with open_world() as world:
        for body, path in CHANGES:
            for value in WRONG:
                changed = json.dumps(with_change(body, path, value))
                form = urlencode({"payload": changed})
                is_event = body["type"] == "event_callback"
                answer = await world.send(
                    changed if is_event else form,
                    kind="application/json" if is_event else "application/x-www-form-urlencoded",
                )
                assert answer.status_code == 200, (path, value)
        await world.settle()


@pytest.mark.parametrize("body", ["", "[]", "{", "payload=%7B", '{"type":"block_actions","actions":[]}'])
async def test_signed_rubbish_is_answered_and_starts_nothing(body: str) -> None:
    async with open_world() as world:
        answer = await world.send(body)

        assert answer.status_code in {200, 400}
        assert world.assistant.asked == []


async def test_a_shortcut_that_we_do_not_have_is_acked() -> None:
    async with open_world() as world:
        answer = await world.interact(
            {"type": "shortcut", "callback_id": "old", "team": {"id": TEAM}, "user": {"id": ANA}}
        )

        assert answer.status_code == 200


# ── ids ────────────────────────────────────────────────────────────────────────────────────────────────────────────────

TEXTS = st.text(min_size=1, max_size=30)


@given(one=TEXTS, two=TEXTS)
@settings(max_examples=50, deadline=None)
def test_what_a_button_carries_comes_back(one: str, two: str) -> None:
    pressed, origin = (
        Pressed(one, two),
        FormOrigin(card=one, option=two, channel="C1", thread="1.1", spot="direct"),
    )

    assert read_pressed(write_pressed(pressed.card, pressed.option)) == pressed
    assert read_origin(write_origin(origin)) == origin
    assert read_element(write_element(ActionKind.MENU, 3, one)) == Element(ActionKind.MENU, 3, one)
    assert read_field(write_field(FieldId(one, two, is_required=True))) == FieldId(one, two, is_required=True)


@given(text=st.text(max_size=60) | st.just("p1/" * 2000) | st.builds("p1/{}".format, st.text(max_size=20)))
@settings(max_examples=100, deadline=None)
def test_no_foreign_id_breaks_the_reading(text: str) -> None:
    for read in (read_pressed, read_element, read_origin, read_field):
        read(text)


def test_ids_of_the_first_version_are_read_forever() -> None:
    assert read_pressed("p1/Zk3-x_9/book") == Pressed("Zk3-x_9", "book")
    assert read_element("p1/press/12/1700000000.000100") == Element(ActionKind.PRESS, 12, "1700000000.000100")
    assert read_field("p1/email/email/1") == FieldId("email", "email", is_required=True)


# ── places ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_place_comes_back_from_its_note() -> None:
    place = Place(spot=Spot.PRIVATE, channel="C1", thread="1.1", ts="2.2", member=ANA, hook="https://x", remains="[]")

    assert read_place(write_place(place)) == place


def test_a_response_url_is_used_for_half_an_hour_at_most() -> None:
    place = with_hook(Place(spot=Spot.COMMAND), "https://hooks.example.com/1", NOW)

    assert place.hook_at(NOW + timedelta(minutes=28))
    assert not place.hook_at(NOW + timedelta(minutes=30))


# ── text ───────────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("raw", "read"),
    [
        ("<@U0BOT> free <@U0BOT|pencil> tomorrow?", "free tomorrow?"),
        ("with <@UDANA1|dana> and <@UDANA2>", "with <@UDANA1> and <@UDANA2>"),
        ("mail <mailto:a@example.com|a@example.com>", "mail a@example.com"),
        ("call <tel:+4930123456|030 123456>", "call 030 123456"),
        (
            "at <http://acme.io|acme.io> or <https://x.example.com/a?b=1&amp;c=2>",
            "at acme.io or https://x.example.com/a?b=1&c=2",
        ),
        ("see <https://x.example.com/room|our room>", "see https://x.example.com/room"),
        ("in <#C1|general>, <!here> <!subteam^S1|@team>", "in <#C1|general>, @here <!subteam^S1|@team>"),
        ("<!date^1700000000^{date}|14 Nov>", "<!date^1700000000^{date}|14 Nov>"),
        ("mail <mailto:a@example.com|Dana Ort>", "mail Dana Ort <a@example.com>"),
        ("call <tel:+4930123456|front desk>", "call +4930123456"),
        ("a &lt;b&gt; &amp;amp; c", "a <b> &amp; c"),
        ("", ""),
        ("< > <>", "< > <>"),
    ],
)
def test_tokens_are_unwrapped(raw: str, read: str) -> None:
    assert unwrap(raw, bot=BOT_USER) == read


@given(text=st.text(alphabet="<>&|@!#*_~`ab /:https", max_size=80), limit=st.integers(40, 90))
@settings(max_examples=150, deadline=None)
def test_outgoing_text_is_inert_and_short(text: str, limit: int) -> None:
    out = mrkdwn(text, limit)

    assert len(out) <= limit
    assert "<!" not in out
    assert "<@" not in out
    assert "<#" not in out


def test_a_long_text_is_cut_at_a_word() -> None:
    assert shorten("one two three four", 15) == "one two three…"


# ── arrivals ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_organisation_and_its_team_are_the_owner() -> None:
    body = event_body(direct_message("hi")) | {"enterprise_id": "E1"}
    shared = body | {"authorizations": [{"enterprise_id": "E2", "team_id": "T2", "is_enterprise_install": True}]}

    owners = [read(one).owner for one in (body, shared)]

    assert owners == [Owner("E1", TEAM, ANA), Owner("E2", "T2", ANA)]


def read(body: dict[str, Any]) -> Any:
    payload = payload_of(body)
    assert payload is not None
    arrival = read_arrival(payload, bot=BOT_USER, now=NOW)
    assert arrival is not None
    return arrival


def test_a_claim_names_the_message_and_not_the_delivery() -> None:
    body = event_body(direct_message("hi"))

    assert read(body).claim == read(body | {"event_id": "Ev2"}).claim
    assert read(body).claim != read(event_body(direct_message("hi", ts="100.2"))).claim
    assert ANA not in read(body).claim


def test_two_presses_at_different_moments_are_two_claims() -> None:
    action = {"action_id": "p1/press/0/", "value": "p1/a/b", "action_ts": "1.0"}

    assert read(press("D1", "1.1", action)).claim != read(press("D1", "1.1", action | {"action_ts": "1.1"})).claim


def test_a_place_without_its_hook_is_the_same_place() -> None:
    arrival = read(press("D1", "1.1", {"action_id": "x", "value": "p1/a/b"}, hook="https://hooks.example.com/1"))

    assert replace(arrival.place, hook="", hook_until=0) == Place(spot=Spot.DIRECT, channel="D1", ts="1.1", member=ANA)
