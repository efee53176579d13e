"""Slack's limits on what we draw, checked in one place: what is wrong with a message or a view, in words. Pure.

Every payload that a test renders passes here, and `pencil doctor` checks its sample cards with it. The makers in `blocks.py`
keep to the limits by themselves; this file does not shorten anything, it finds what they missed.
Limits: https://docs.slack.dev/reference/block-kit
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Block = dict[str, Any]
Problems = Iterator[str]

_MESSAGE_BLOCKS, _VIEW_BLOCKS, _MESSAGE_BYTES, _MESSAGE_TEXT = 50, 100, 13_000, 4_000
_TITLES = {"title": 24, "submit": 24, "close": 24}
_CARD_TEXTS = {"title": 150, "subtitle": 150, "body": 200}
_INPUTS = frozenset(
    {
        "checkboxes",
        "datepicker",
        "multi_static_select",
        "multi_users_select",
        "plain_text_input",
        "static_select",
        "timepicker",
        "users_select",
    }
)
_PING = ("<!channel", "<!here", "<!everyone", "<!subteam", "<@")


def message_problems(message: Block) -> list[str]:
    """What Slack would refuse in a message, and what would reach nobody: a message needs its sentence."""
    text, blocks = message.get("text") or "", message.get("blocks") or []
    out = [] if 0 < len(text) <= _MESSAGE_TEXT else [f"text has {len(text)} characters"]
    if len(json.dumps(blocks, ensure_ascii=False).encode()) > _MESSAGE_BYTES:
        out.append("blocks are too long altogether")
    if sum(element.get("style") == "primary" for element in _elements(blocks)) > 1:
        out.append("two primary buttons")
    return out + list(_blocks(blocks, _MESSAGE_BLOCKS))


def block_problems(blocks: list[Block]) -> list[str]:
    """What Slack would refuse in the blocks of a message."""
    return list(_blocks(blocks, _MESSAGE_BLOCKS))


def view_problems(view: Block) -> list[str]:
    """What Slack would refuse in a home page or a form."""
    out = list(_blocks(view.get("blocks") or [], _VIEW_BLOCKS))
    if len(view.get("private_metadata", "")) > 3000:
        out.append("private_metadata is too long")
    for name, most in _TITLES.items():
        if name in view:
            out += _text(view[name], most, name)
    inputs = [block for block in view.get("blocks") or [] if block["type"] == "input"]
    if inputs and view["type"] == "modal" and "submit" not in view:
        out.append("a form with inputs needs a submit button")
    return out


def _blocks(blocks: list[Block], most: int) -> Problems:
    if len(blocks) > most:
        yield f"{len(blocks)} blocks"
    names = [block["block_id"] for block in blocks if "block_id" in block]
    if len(names) != len(set(names)):
        yield "a block_id stands twice"
    for number, block in enumerate(blocks):
        for problem in _block(block):
            yield f"block {number} ({block['type']}): {problem}"


def _elements(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        yield from block.get("elements", ()) if block["type"] == "actions" else ()
        if "accessory" in block:
            yield block["accessory"]


def _block(block: Block) -> Problems:
    if len(block.get("block_id", "")) > 255:
        yield "block_id is too long"
    match block["type"]:
        case "header":
            yield from _text(block["text"], 150, "text")
        case "section":
            yield from _section(block)
        case "context":
            yield from _many(block["elements"], 10, 2000)
        case "actions":
            yield from _actions(block["elements"], 25)
        case "input":
            yield from _input(block)
        case "divider":
            pass
        case "carousel":
            yield from _carousel(block["elements"])
        case "card":
            yield from _card(block)
        case "data_table":
            yield from _table(block)
        case other:
            yield f"nobody draws {other}"


def _section(block: Block) -> Problems:
    if "text" not in block and "fields" not in block:
        yield "empty"
    if "text" in block:
        yield from _text(block["text"], 3000, "text")
    yield from _many(block.get("fields", []), 10, 2000)
    if "accessory" in block:
        yield from _element(block["accessory"])


def _many(texts: list[Block], most: int, longest: int) -> Problems:
    if len(texts) > most:
        yield f"{len(texts)} texts"
    for text in texts:
        yield from _text(text, longest, "text")


def _actions(elements: list[Block], most: int) -> Problems:
    if not 1 <= len(elements) <= most:
        yield f"{len(elements)} elements"
    names = [element["action_id"] for element in elements]
    if len(names) != len(set(names)):
        yield "an action_id stands twice"
    for element in elements:
        yield from _element(element)


def _element(element: Block) -> Problems:
    if not 0 < len(element["action_id"]) <= 255:
        yield "action_id is empty or too long"
    if element["type"] == "button":
        yield from _button(element)
    elif element["type"] == "static_select":
        yield from _select(element)
    else:
        yield f"nobody draws {element['type']} here"


def _button(button: Block) -> Problems:
    yield from _text(button["text"], 75, "label")
    if len(button.get("value", "")) > 2000 or len(button.get("url", "")) > 3000:
        yield "value or url is too long"
    if len(button.get("accessibility_label", "")) > 75:
        yield "accessibility_label is too long"
    if button.get("style", "primary") not in {"primary", "danger"}:
        yield f"style {button['style']}"


def _select(element: Block) -> Problems:
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, "placeholder")
    yield from _options(element["options"], 100)


def _options(options: list[Block], most: int) -> Problems:
    if not 1 <= len(options) <= most:
        yield f"{len(options)} options"
    for option in options:
        yield from _text(option["text"], 75, "option")
        if not 0 < len(option["value"]) <= 150:
            yield "an option's value is empty or too long"


def _input(block: Block) -> Problems:
    yield from _text(block["label"], 2000, "label")
    if "hint" in block:
        yield from _text(block["hint"], 2000, "hint")
    element = block["element"]
    if element["type"] not in _INPUTS:
        yield f"nobody draws {element['type']}"
    if "options" in element:
        yield from _options(element["options"], 10 if element["type"] == "checkboxes" else 100)
        values = [option["value"] for option in element["options"]]
        if len(values) != len(set(values)):
            yield "an option's value stands twice"
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, "placeholder")
    if len(element.get("initial_value", "")) > element.get("max_length", 3000):
        yield "initial_value is too long"


def _carousel(cards: list[Block]) -> Problems:
    if not 1 <= len(cards) <= 10:
        yield f"{len(cards)} cards"
    for card in cards:
        yield from _card(card)


def _card(card: Block) -> Problems:
    for name, most in _CARD_TEXTS.items():
        if name in card:
            yield from _text(card[name], most, name)
    if "actions" in card:
        yield from _actions(card["actions"], 5)


def _table(block: Block) -> Problems:
    """https://docs.slack.dev/reference/block-kit/blocks/data-table-block"""
    rows = block["rows"]
    if not 2 <= len(rows) <= 101 or not 1 <= len(rows[0]) <= 20 or len({len(row) for row in rows}) != 1:
        yield f"{len(rows)} rows, of different lengths or too many cells"
    if any(cell["type"] not in {"raw_text", "raw_number"} or not cell["text"] for row in rows for cell in row):
        yield "a cell without text"
    if sum(len(cell["text"]) for row in rows for cell in row) > 10_000:
        yield "more than 10000 characters"
    if not block["caption"] or not 1 <= block["page_size"] <= 100:
        yield "no caption, or a page_size that cannot be"


def _text(text: Block, most: int, name: str) -> Problems:
    if text["type"] not in {"mrkdwn", "plain_text"}:
        yield f"{name} is {text['type']}"
    if not 0 < len(text["text"]) <= most:
        yield f"{name} has {len(text['text'])} characters"
    if text["type"] == "mrkdwn" and any(ping in text["text"] for ping in _PING):
        yield f"{name} calls people"
