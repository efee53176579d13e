"""A page that draws our Block Kit the way Slack does, near enough to judge a card by. Blocks in, one HTML page out.

Only what `bot/slack/drawing` makes is known here; a block of another type is drawn as a red line, so that nobody overlooks it.
"""

from __future__ import annotations

import html
import re
from pathlib import Path
from typing import Any

Block = dict[str, Any]

_STYLE = Path(__file__).with_name("page.css")
_TOKEN = re.compile(r"<([^<>]+)>")
_MARKS = (("*", "b"), ("_", "i"), ("~", "s"), ("`", "code"))


def message_page(messages: list[tuple[str, str, str]]) -> str:
    """A channel with these messages: (who, when, what as HTML)."""
    return _page("".join(_message(*message) for message in messages), "channel")


def said(text: str) -> str:
    """What a person wrote."""
    return f'<div class="section">{html.escape(text)}</div>'


def drawn(blocks: list[Block]) -> str:
    """Blocks as HTML."""
    return "".join(_block(block) for block in blocks)


def home_page(view: Block) -> str:
    """The home tab."""
    tabs = '<div class="tabs"><b>Home</b><span>Messages</span><span>About</span></div>'
    return _page(f"{tabs}<div class='home'>{drawn(view['blocks'])}</div>", "hometab")


def form_page(view: Block) -> str:
    """A modal over the channel."""
    head = f"<div class='modalhead'>{_plain(view['title'])}<span>×</span></div>"
    foot = f"<div class='modalfoot'>{_button(view['close'])}{_button(view['submit'], 'primary')}</div>"
    return _page(
        f"<div class='modal'>{head}<div class='modalbody'>{drawn(view['blocks'])}</div>{foot}</div>", "channel"
    )


def _page(body: str, kind: str) -> str:
    style = _STYLE.read_text(encoding="utf-8")
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style><body class="{kind}"><main>{body}</main></body>'


def _message(who: str, when: str, what: str) -> str:
    is_bot = who == "Pencil"
    face = '<div class="face bot">✎</div>' if is_bot else f'<div class="face">{html.escape(who[:1])}</div>'
    badge = '<span class="badge">APP</span>' if is_bot else ""
    head = f'<div class="who"><b>{html.escape(who)}</b>{badge}<time>{html.escape(when)}</time></div>'
    return f'<div class="message">{face}<div class="said">{head}{what}</div></div>'


def _block(block: Block) -> str:
    match block["type"]:
        case "header":
            return f'<div class="header">{_plain(block["text"])}</div>'
        case "section":
            return _section(block)
        case "context":
            return f'<div class="context">{"".join(f"<span>{_text(one)}</span>" for one in block["elements"])}</div>'
        case "divider":
            return "<hr>"
        case "actions":
            return f'<div class="actions">{"".join(_element(one) for one in block["elements"])}</div>'
        case "input":
            return _input(block)
        case "carousel":
            return f'<div class="carousel">{"".join(_card(one) for one in block["elements"])}</div>'
        case "card":
            return _card(block)
        case "data_table":
            return _table(block)
        case other:
            return f'<div class="unknown">unknown block {html.escape(other)}</div>'


def _section(block: Block) -> str:
    text = f'<div class="text">{_text(block["text"])}</div>' if "text" in block else ""
    fields = "".join(f"<div>{_text(one)}</div>" for one in block.get("fields", ()))
    grid = f'<div class="fields">{fields}</div>' if fields else ""
    extra = f'<div class="accessory">{_element(block["accessory"])}</div>' if "accessory" in block else ""
    return f'<div class="section"><div class="grow">{text}{grid}</div>{extra}</div>'


def _card(block: Block) -> str:
    rows = [f"<b>{_text(block['title'])}</b>"]
    rows += [f"<small>{_text(block['subtitle'])}</small>"] if "subtitle" in block else []
    rows += [f"<p>{_text(block['body'])}</p>"] if "body" in block else []
    rows += (
        [f'<div class="actions">{"".join(_element(one) for one in block["actions"])}</div>']
        if "actions" in block
        else []
    )
    return f'<div class="card">{"".join(rows)}</div>'


def _table(block: Block) -> str:
    head, *rows = (
        "".join(f"<{tag}>{html.escape(cell['text'])}</{tag}>" for cell in row)
        for row, tag in zip(block["rows"], ("th", *("td",) * (len(block["rows"]) - 1)), strict=True)
    )
    body = "".join(f"<tr>{row}</tr>" for row in (head, *rows))
    return f"<table><caption>{html.escape(block['caption'])}</caption>{body}</table>"


def _element(element: Block) -> str:
    kind = element["type"]
    if kind == "button":
        return _button(element["text"], element.get("style", ""), url=element.get("url", ""))
    if kind in {"mrkdwn", "plain_text"}:
        return _text(element)
    if kind == "overflow":
        return '<span class="button">…</span>'
    return f'<span class="select">{_plain(element["placeholder"]) if "placeholder" in element else ""}<i>⌄</i></span>'


def _button(text: Block, style: str = "", *, url: str = "") -> str:
    return f'<span class="button {style}">{_plain(text)}{" ↗" if url else ""}</span>'


def _input(block: Block) -> str:
    element = block["element"]
    optional = "<em>(optional)</em>" if block.get("optional") else ""
    hint = f'<div class="hint">{_plain(block["hint"])}</div>' if "hint" in block else ""
    return f'<div class="input"><label>{_plain(block["label"])} {optional}</label>{_field(element)}{hint}</div>'


def _field(element: Block) -> str:
    match element["type"]:
        case "checkboxes" | "radio_buttons":
            chosen = [
                one["value"] for one in element.get("initial_options", [element.get("initial_option", {"value": ""})])
            ]
            rows = [
                f"<div>{'☑' if one['value'] in chosen else '☐'} {_plain(one['text'])}</div>"
                for one in element["options"]
            ]
            return f'<div class="checks">{"".join(rows)}</div>'
        case "plain_text_input":
            value = html.escape(element.get("initial_value", ""))
            tall = "tall" if element.get("multiline") else ""
            return f'<div class="box {tall}">{value or _faint(element)}</div>'
    shown = element.get("initial_option", {}).get("text") or {}
    value = html.escape(shown.get("text") or element.get("initial_date") or element.get("initial_time") or "")
    return f'<div class="box">{value or _faint(element)}<i>⌄</i></div>'


def _faint(element: Block) -> str:
    return f'<span class="faint">{_plain(element["placeholder"])}</span>' if "placeholder" in element else ""


def _text(text: Block) -> str:
    return _mrkdwn(text["text"]) if text["type"] == "mrkdwn" else _plain(text)


def _plain(text: Block) -> str:
    return html.escape(text["text"]).replace("\n", "<br>")


def _mrkdwn(text: str) -> str:
    """Our mrkdwn is escaped but for its tokens."""
    out = _TOKEN.sub(lambda found: _token(found[1]), text)
    for mark, tag in _MARKS:
        pattern = rf"(?<![^\W_>]){re.escape(mark)}(?=\S)([^\n]*?\S){re.escape(mark)}(?![^\W_<])"
        out = re.sub(pattern, rf"<{tag}>\1</{tag}>", out)
    return out.replace("\n", "<br>")


def _token(token: str) -> str:
    body, _, label = token.partition("|")
    if body.startswith("!date^"):
        return f"<time>{label}</time>"
    return f"<a>{label or body}</a>"
