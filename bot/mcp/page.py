"""A page on this machine for the cards that a desktop agent had prepared: the person reads, and presses, in their browser.

Only who has a card's unguessable address can see it, and only a request from the page itself presses: a page of somebody else
that posts here is refused by its `Origin`, a name that points here from outside by its `Host`.
"""

from __future__ import annotations

import html
import secrets
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse
from starlette.routing import Route

from bot.dialogue.acts import (
    Buttons,
    Chose,
    ConversationKey,
    Facts,
    Heading,
    Line,
    Menu,
    Moments,
    Note,
    Style,
    Subheading,
    Tiles,
)

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from starlette.requests import Request
    from starlette.responses import Response
    from starlette.types import ASGIApp

    from bot.dialogue.acts import Choice, Part, Reply, Tile, Turn
    from bot.loop.messenger import Once
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person

    Takes = Callable[[Turn, ConversationKey, Person], Awaitable[Reply]]

CHANNEL = "page"
_MOST_KEPT = 200
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:38rem;margin:3rem auto;padding:0 1rem;color:#1d1c1d}"
    "h1{font-size:1.3rem}dl{display:grid;grid-template-columns:auto 1fr;gap:.3rem 1rem}dt{font-weight:700}dd{margin:0}"
    "button,a.b{font:inherit;font-weight:700;border:1px solid #999;border-radius:8px;padding:.4rem .9rem;background:#fff;"
    "color:inherit;text-decoration:none;margin:.2rem .3rem .2rem 0}button.primary{background:#007a5a;color:#fff}"
    "button.danger{color:#b3184a;border-color:#b3184a}small{color:#616061}form{display:inline}"
)


class CardPage:
    """Where the cards of one person stand. `take` decides a press like any other surface's."""

    def __init__(self, owner: Owner, person: Person, take: Takes, address: str) -> None:
        self._owner, self._person, self._take, self._address = owner, person, take, address
        self._cards: dict[str, Reply] = {}

    # ── where the agents' cards go ─────────────────────────────────────────────────────────────────────────────────

    async def person(self, owner: Owner) -> Person:
        """The one person whose machine this is; of others nothing is known but their ids."""
        return self._person if owner == self._owner else type(self._person)(name=owner.member, member=owner.member)

    async def talk_of(self, owner: Owner) -> ConversationKey:
        """Their conversation on this page."""
        return ConversationKey(owner=owner, channel=CHANNEL)

    async def put(self, owner: Owner, reply: Reply) -> str:
        """Keep a card; its name in the address."""
        del owner
        name = secrets.token_urlsafe(18)
        if len(self._cards) >= _MOST_KEPT:
            self._cards.pop(next(iter(self._cards)))
        self._cards[name] = reply
        return name

    async def tell(self, owner: Owner, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """What came of a press after all: in place of its card. The page ends with its process: nothing is told twice."""
        del once
        if place not in self._cards:
            return await self.put(owner, reply)
        self._cards[place] = reply
        return place

    async def link(self, owner: Owner, place: str) -> str:
        """The address of a card."""
        del owner
        return f"{self._address}/cards/{place}"

    # ── the page ───────────────────────────────────────────────────────────────────────────────────────────────────

    def app(self) -> ASGIApp:
        """What a server on this machine serves."""
        return Starlette(
            routes=[
                Route("/cards/{name}", self._show, methods=["GET"]),
                Route("/cards/{name}", self._press, methods=["POST"]),
            ]
        )

    async def _show(self, request: Request) -> Response:
        reply = self._cards.get(request.path_params["name"])
        if reply is None or not self._is_here(request):
            return PlainTextResponse("There is no such card.", status_code=404)
        return HTMLResponse(_page(reply), headers={"Content-Security-Policy": "frame-ancestors 'none'"})

    async def _press(self, request: Request) -> Response:
        name = request.path_params["name"]
        reply = self._cards.get(name)
        form = await request.form()
        option = str(form.get("option") or "")
        if reply is None or not self._is_here(request) or request.headers.get("origin") != self._address:
            return PlainTextResponse("There is no such card.", status_code=404)
        if any(choice.id == option and not choice.url and choice.form is None for choice in reply.choices):
            key = await self.talk_of(self._owner)
            self._cards[name] = await self._take(Chose(card=reply.card, option=option), key, self._person)
        return RedirectResponse(request.url.path, status_code=303)

    def _is_here(self, request: Request) -> bool:
        return f"http://{request.headers.get('host', '')}" == self._address


def _page(reply: Reply) -> str:
    body = "".join(_part(part) for part in reply.parts) or f"<p>{html.escape(reply.text)}</p>"
    meta = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    head = f"{meta}<title>Pencil</title><style>{_STYLE}</style>"
    return f'<!doctype html><html lang="en">{head}<main>{body}</main></html>'


def _part(part: Part) -> str:
    match part:
        case Heading(text=text):
            return f"<h1>{html.escape(text)}</h1>"
        case Subheading(text=text):
            return f"<h2>{html.escape(text)}</h2>"
        case Line(text=text):
            return f"<p>{html.escape(text)}</p>"
        case Note(text=text):
            return f"<p><small>{html.escape(text)}</small></p>"
        case Moments(rows=moments):
            return f"<ul>{''.join(f'<li>{html.escape(said + rest)}</li>' for _, said, rest in moments)}</ul>"
        case Facts(rows=rows):
            return f"<dl>{''.join(f'<dt>{html.escape(a)}</dt><dd>{html.escape(b)}</dd>' for a, b in rows)}</dl>"
        case Buttons(choices=choices, title=title):
            return f"<p>{f'<b>{html.escape(title)}</b><br>' if title else ''}{_buttons(choices)}</p>"
        case Tiles(tiles=tiles):
            return "".join(_tile(tile) for tile in tiles)
        case Menu(label=label, choices=choices):
            return f"<details><summary>{html.escape(label)}</summary>{_buttons(choices)}</details>"


def _tile(tile: Tile) -> str:
    facts = ", ".join(piece for piece in (tile.subtitle, tile.body) if piece)
    return f"<p><b>{html.escape(tile.title)}</b> {html.escape(facts)}<br>{_buttons(tile.choices)}</p>"


def _buttons(choices: tuple[Choice, ...]) -> str:
    return "".join(_button(choice) for choice in choices if choice.form is None)


def _button(choice: Choice) -> str:
    label = html.escape(choice.label)
    if choice.url:
        return f'<a class="b" rel="noreferrer" href="{html.escape(choice.url)}">{label}</a>'
    style = "" if choice.style is Style.PLAIN else choice.style.value
    hidden = f'<input type="hidden" name="option" value="{html.escape(choice.id)}">'
    return f'<form method="post">{hidden}<button class="{style}">{label}</button></form>'
