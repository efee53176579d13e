"""What earlier releases stored, brought to today's shape, so that old conversations go on and old cards can be pressed.

Conversations and cards are worked on as plain JSON; checking is left to whoever decodes the result. First generation: one
request with every field and a list of named details, an option with a kind and an argument, notes by name, a refusal as the
name of its error's class with a sentence behind a colon. It carries no mark; what came later does.
"""

from __future__ import annotations

from typing import Any

from bot.scheduling.ledger import Refusal, Why

Json = dict[str, Any]

_LOOKS = {"connection": "check", "use": "use"}
_SEEKING = frozenset({"find_slots", "book", "hold"})
_NO_WISH = "help"
"""What a card had for an intent when it was shown for no wish of anybody's."""


def conversation_of_1(stored: Json) -> Json:
    """A conversation of the first generation."""
    notes = dict(stored.get("notes") or ())
    return {
        **stored,
        "request": _request(stored.get("request")),
        "card": stored.get("proposal", ""),
        "held_card": notes.get("held", ""),
        "turn": {
            "is_press": bool(notes.get("press")),
            "stays": bool(notes.get("stay")),
            "lead": notes.get("lead", ""),
            "unread": notes.get("unread", ""),
            "fresh": notes.get("fresh", ""),
            "is_gone": bool(notes.get("gone")),
            "account": notes.get("account", ""),
        },
    }


def card_of_1(stored: Json) -> Json:
    """A card of the first generation."""
    request = _request(stored.get("request"))
    if request is not None and request["intent"] == _NO_WISH:
        request = None
    options = [_option(option, request) for option in stored.get("options") or ()]
    return {**stored, "request": request, "options": options}


def refusal_of_1(error: str) -> Refusal | None:
    """A refusal of the first generation: the name of its class, and a person's sentence behind a colon."""
    name, _, sentence = error.partition(": ")
    if not name:
        return None
    return Refusal(why=Why(name) if name in set(Why) else Why.OTHER, sentence=sentence)


def _option(stored: Json, request: Json | None) -> Json:
    own = _request(stored.get("request")) or request
    return {"id": stored["id"], "label": stored["label"], "press": _press(stored, own)}


def _press(stored: Json, request: Json | None) -> Json:
    name, _, argument = str(stored.get("argument") or "").partition(":")
    match stored["kind"]:
        case "write":
            return {"kind": "write", "writes": stored["writes"], "is_sequence": stored["is_sequence"]}
        case "resume":
            return {"kind": "anew", "request": request, "stays": name == "stay"}
        case "form" if name == "key":
            return {"kind": "key", "form": stored["form"], "request": request, "provider": argument}
        case "form":
            return {"kind": "fill", "form": stored["form"], "request": request}
        case "look" if name == "forget":
            return {"kind": "forget"}
        case "look":
            return {"kind": _LOOKS[name], "account": argument}
        case kind:
            return {"kind": kind}


def _request(stored: Json | None) -> Json | None:
    """A request, its details in the fields that its family has for them; fields of other families are ignored."""
    if stored is None:
        return None
    details = dict(stored.get("details") or ())
    typed: Json = {name: details[name] for name in _SAME_NAME & details.keys()}
    typed |= {ours: details[theirs] for theirs, ours in _OTHER_NAME.items() if theirs in details}
    if "hidden" in details:
        typed["hidden"] = details["hidden"] == "yes"
    if details.get("minutes", "").isdecimal():
        typed["length"] = f"PT{details['minutes']}M"
    if stored["intent"] == "change_profile":
        typed["name"] = details.get("new_name") or details.get("name") or ""
    if stored["intent"] == "create_event_type":
        typed["new_name"] = details.get("new_name") or details.get("name") or ""
    if stored["intent"] not in _SEEKING:
        typed.pop("whose", None)
    return {**stored, **typed, "recurrence": _recurrence(stored.get("recurrence"))}


_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _recurrence(stored: Json | None) -> Json | None:
    """A repetition, which was an RRULE in one string."""
    if stored is None:
        return None
    rule = dict(part.split("=", 1) for part in str(stored["rule"]).split(";"))
    places = [(place[:-2], _WEEKDAYS.index(place[-2:])) for place in rule.get("BYDAY", "").split(",") if place]
    return {
        "frequency": rule["FREQ"].lower(),
        "interval": int(rule.get("INTERVAL", 1)),
        "weekdays": sorted({day for _, day in places}),
        "nth": sorted({int(nth) for nth, _ in places if nth}),
        "month_days": [int(rule["BYMONTHDAY"])] if "BYMONTHDAY" in rule else [],
        "count": stored.get("count"),
        "until": stored.get("until"),
        "span": stored.get("span"),
    }


_SAME_NAME = frozenset({"name", "new_name", "url", "provider", "triggers", "schedule", "webhook", "whose"})
_OTHER_NAME = {"place": "typed_place", "zone": "typed_zone"}
