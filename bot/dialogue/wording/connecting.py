"""Sentences about accounts: connecting, whose it is, news, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.wording.common import count, cut, listed
from bot.scheduling.provider import TITLES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.dialogue.acts import AccountFacts


def title(provider: str) -> str:
    return TITLES.get(provider, provider.title() or "your calendar service")


def connect_first(providers: Sequence[str]) -> str:
    names = listed([title(provider) for provider in providers], "or")
    return (
        f"I need your {names or 'calendar'} account for that. Connecting takes one press, and only your presses use it."
    )


def connect_heading() -> str:
    return "Connect your calendar"


def connect_text(provider: str) -> str:
    return f"Connect {title(provider)}? I will make a private link for you to consent with; nothing is shared before you do."


def connect_key_text(provider: str) -> str:
    return f"Connect {title(provider)} with an API key of yours. It is checked at once and kept encrypted."


def key_form(provider: str) -> tuple[str, str, str]:
    """Title, label and hint of the form for a key."""
    where = {
        "calcom": "Cal.com › Settings › Developer › API keys; it begins with cal_",
        "calendly": "Calendly › Integrations › API and webhooks › Personal access tokens",
    }
    return f"Connect {title(provider)}", "API key", where.get(provider, "From your account's settings")


def no_routes() -> str:
    return "No calendar service can be connected here; whoever runs me finds the missing setting with «pencil doctor»."


def cannot_connect(provider: str, routes: Sequence[str]) -> str:
    there = listed([title(route) for route in routes]) or "nothing yet"
    return f"{title(provider)} cannot be connected here. What can: {there}."


def sandbox_needs_none() -> str:
    return "You are on the practice calendar, so there is nothing to connect: try «what's free tomorrow?»"


def consent(provider: str) -> str:
    return (
        f"Open the link to connect {title(provider)}. It is for you alone; I will say so here as soon as it is active."
    )


def consent_missing(provider: str) -> str:
    return f"{title(provider)} has not been connected yet. Open the link, consent there, then check again."


def connected(account: AccountFacts) -> str:
    whose = f" as {cut(account.label, 120)}" if account.label else ""
    return f"Your {account.title} account is connected{whose}."


def key_refused(provider: str) -> str:
    return f"{title(provider)} refused that key, so nothing was kept. Check it and enter it again."


def reconnect(service: str) -> str:
    return f"{service} no longer accepts your connection. Connect it again; nothing was written."


def news_offer(service: str, url: str, triggers: Sequence[str]) -> str:
    return (
        f"Shall I tell you when somebody books, moves or cancels in {service}? "
        f"{service} will then send {listed(triggers)} to {url}, with attendees' names and addresses in them."
    )


def news_on() -> str:
    return "News is on: I will tell you about new, moved and cancelled meetings."


def news_already_on() -> str:
    return "News is on already. Say «turn news off» to stop it."


def news_off_already() -> str:
    return "News is off already."


def whoami(account: AccountFacts, name: str, email: str, zone: str) -> str:
    whose = f"{cut(name)} ({email})" if email else cut(name) or cut(account.label, 120)
    in_zone = f", zone {zone}" if zone else ""
    route = {"maton": "through Maton", "direct": "with your API key", "sandbox": "on the practice calendar"}.get(
        account.route, ""
    )
    return f"You are connected to {account.title} {route} as {whose}{in_zone}."


def other_accounts(accounts: Sequence[AccountFacts]) -> str:
    names = [f"{account.title}{f' ({cut(account.label)})' if account.label else ''}" for account in accounts]
    return f"Also connected: {listed(names)}. Say «use {accounts[0].title.lower()} for this» to switch."


def now_using(account: AccountFacts) -> str:
    return f"I use {account.title}{f' ({cut(account.label)})' if account.label else ''} from now on."


def no_such_account(wanted: str, accounts: Sequence[AccountFacts]) -> str:
    names = listed([account.title for account in accounts])
    return f"You have no {title(wanted)} account connected{f'; there is {names}' if names else ''}."


def disconnect_text(account: AccountFacts) -> str:
    whose = f" ({cut(account.label, 120)})" if account.label else ""
    what_then = "I then forget its key; meetings stay as they are. Nothing changes until you press Disconnect."
    return f"Disconnect {account.title}{whose}? {what_then}"


def disconnected(provider: str) -> str:
    return f"{provider} is disconnected, and I no longer hold any key for it."


def nothing_connected() -> str:
    return "Nothing is connected, so there is nothing to disconnect."


def which_account(accounts: Sequence[AccountFacts]) -> str:
    return f"You have {count(len(accounts), 'account')} connected. Which one?"


def forget_text() -> str:
    return (
        "Forget you? I delete your conversations, cards and connections from my store. Your meetings stay where they are. "
        "Nothing is deleted until you press Forget me."
    )


def forgotten() -> str:
    return "Done: I have deleted everything I kept about you."
