"""The pages of an install, for a browser: what is asked for and why, that it worked, what went wrong. Pure.

Nothing from a request stands on them unescaped, and they load nothing from anywhere.
"""

from __future__ import annotations

import html

REASONS = (
    ("Reads what you write to it", "direct messages, mentions, and threads that it takes part in", "im:history …"),
    ("Answers you", "where you wrote, or in your direct messages", "chat:write, im:write"),
    ("Has one command and two shortcuts", "/pencil, Find a time, Book a meeting", "commands"),
    ("Knows who is in a user group", "when you ask for a time with one", "usergroups:read"),
    ("Knows your name, zone and mail address", "so that it can book for the people you mention", "users:read …"),
)
"""(what it may do, what for, as Slack calls it)."""
_STYLE = (
    "body{font:17px/1.5 system-ui,-apple-system,Segoe UI,sans-serif;color:#1d1c1d;background:#f4f5f8;margin:0}"
    "main{max-width:34rem;margin:8vh auto;background:#fff;border-radius:16px;padding:2.2rem 2.4rem;"
    "box-shadow:0 6px 30px #1f3a5f22}"
    "h1{font-size:1.6rem;line-height:1.25;margin:.6rem 0}p{margin:.6rem 0}ul{list-style:none;padding:0;margin:1.2rem 0}"
    "li{padding:.6rem 0;border-top:1px solid #e6e8ee}li b{display:block}small{color:#616061}"
    ".mark{width:52px;height:52px;border-radius:12px;background:#1f3a5f;color:#fff;display:grid;place-items:center;"
    "font-size:28px}"
    "a.go{display:inline-block;background:#1f3a5f;color:#fff;text-decoration:none;font-weight:700;border-radius:10px;"
    "padding:.7rem 1.3rem}"
    "a.go:focus-visible{outline:3px solid #7aa7e0;outline-offset:2px}"
    "code{background:#f0f1f5;border-radius:4px;padding:.1rem .3rem}"
)


def install_page(url: str) -> str:
    """Before Slack asks: what Pencil will be allowed to do, and what for."""
    rows = "".join(
        f"<li><b>{html.escape(what)}</b>{html.escape(why)} <small>{html.escape(name)}</small></li>"
        for what, why, name in REASONS
    )
    return _page(
        "Add Pencil to Slack",
        "<p>You write what you want, it shows exactly what would happen, and one press makes it so in Cal.com or Calendly. "
        "Nothing is written before that press.</p>"
        f'<ul>{rows}</ul><p><a href="{html.escape(url, quote=True)}" class="go">Add to Slack</a></p>'
        "<p><small>Slack shows the same list once more and asks you to agree.</small></p>",
    )


def installed_page(team: str, url: str) -> str:
    """It worked, and what to do next."""
    where = f" in {html.escape(team)}" if team else ""
    return _page(
        f"Pencil is installed{where}",
        "<p>I have written to you, and to nobody else. Next: open our direct messages and write «connect», then for example "
        "<code>what's free thursday afternoon</code>.</p>"
        f'<p><a href="{html.escape(url, quote=True)}" class="go">Open Slack</a></p>',
    )


def failed_page(reason: str, again: str) -> str:
    """It did not work; `reason` is Slack's or Bolt's word for it."""
    known = {
        "access_denied": "You did not agree, so nothing was installed.",
        "invalid_browser": "This page was opened in another browser than the one that began, or cookies are off.",
        "invalid_state": "That took longer than ten minutes, or this page was opened twice.",
    }
    text = known.get(reason, "Slack did not complete the installation.")
    return _page(
        "That did not work",
        f"<p>{text} <small>({html.escape(reason[:80])})</small></p>"
        f'<p><a href="{html.escape(again, quote=True)}" class="go">Try again</a></p>',
    )


def _page(title: str, body: str) -> str:
    head = (
        '<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>{_STYLE}</style>"
    )
    mark = '<div class="mark" aria-hidden="true">✎</div>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><main>{mark}<h1>{title}</h1>{body}</main></body></html>'
