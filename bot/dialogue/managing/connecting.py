"""Accounts: connecting one, whose it is, switching, leaving, and news from it.

Connect ──(gateway)──> WRITE CreateConnection ──> private link + Check again ──> active: connected, news offered
└─────(own key)───> form with one secret field ──> ConnectKey ──> the same
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import (
    AccountFacts,
    ChooseAccount,
    ConnectKey,
    FieldKind,
    ForgetMe,
    Form,
    FormField,
    Found,
    Look,
    LookUp,
    Style,
)
from bot.dialogue.buttons import ButtonRow, keep_button, link_button, press_button, resume_button, write_button
from bot.dialogue.cards import CheckConnection, EnterKey, ForgetAll, UseAccount
from bot.dialogue.conversation import Doing, TurnFacts
from bot.dialogue.families import AccountRequest, ReminderRequest, WebhookRequest
from bot.dialogue.managing.triggers import news_triggers, trigger_words
from bot.dialogue.talk import Talk, do, go_on, say, show
from bot.dialogue.together.consent import share_button
from bot.dialogue.wording import common
from bot.dialogue.wording import connecting as words
from bot.language.meaning import Intent
from bot.scheduling.accounts import AccountStatus, Route
from bot.scheduling.provider import TITLES
from bot.scheduling.replacing import replace
from bot.scheduling.writes import CreateConnection, CreateWebhook, DeleteConnection

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import Button
    from bot.dialogue.context import Decision, Step
    from bot.dialogue.families import Request


def provider_named(request: AccountRequest) -> str:
    """The short name of the service that was named, or empty."""
    plain = "".join(letter for letter in request.provider.lower() if letter.isalnum())
    return "calcom" if plain in {"cal", "calcom", "caldotcom"} else plain if plain in TITLES else ""


def connect(talk: Talk, request: AccountRequest) -> Step:
    """A card with one button a route."""
    named = provider_named(request)
    routes = _routes(talk, named)
    if not talk.context.routes:
        return say(talk, words.no_routes())
    if all(route is Route.SANDBOX for _, route in talk.context.routes):
        return say(talk, words.sandbox_needs_none())
    if not routes:
        return say(talk, words.cannot_connect(named, [provider for provider, _ in talk.context.routes]))
    buttons = tuple(_connect_button(request, provider, route, alone=len(routes) == 1) for provider, route in routes)
    if len(routes) == 1:
        provider, route = routes[0]
        text = words.connect_key_text(provider) if route is Route.DIRECT else words.connect_text(provider)
    else:
        text = words.connect_first([provider for provider, _ in routes])
    return show(
        talk, request, text, (common.heading(words.connect_heading()), common.line(text), ButtonRow(buttons=buttons))
    )


def connect_first(talk: Talk, wish: Request | None, *, provider: str = "") -> Step:
    """No account for what was asked: connect, and go on with the wish afterwards."""
    routes = _routes(talk, provider) or _routes(talk, "")
    if not routes:
        return say(talk, words.no_routes())
    text = words.connect_first(list(dict.fromkeys(name for name, _ in routes)))
    request = wish or AccountRequest(intent=Intent.CONNECT)
    buttons = tuple(_connect_button(request, name, route, alone=len(routes) == 1) for name, route in routes)
    return show(
        talk, request, text, (common.heading(words.connect_heading()), common.line(text), ButtonRow(buttons=buttons))
    )


def _routes(talk: Talk, provider: str) -> tuple[tuple[str, Route], ...]:
    """What can be connected: the preferred route of each provider."""
    seen: dict[str, Route] = {}
    for name, route in talk.context.routes:
        if route is not Route.SANDBOX and (not provider or name == provider):
            seen.setdefault(name, route)
    return tuple(seen.items())


def _connect_button(request: Request, provider: str, route: Route, *, alone: bool) -> Button:
    label = "Connect" if alone else f"Connect {words.title(provider)}"
    style = Style.PRIMARY if alone else Style.PLAIN
    if route in {Route.MATON, Route.OAUTH}:
        return write_button(f"connect-{provider}", label, CreateConnection(provider=provider), style=style)
    title, field, hint = words.key_form(provider)
    form = Form(
        title=title, fields=(FormField(name="key", label=field, kind=FieldKind.SECRET, hint=hint),), submit="Connect"
    )
    press = EnterKey(form=form, request=request, provider=provider)
    return press_button(f"connect-{provider}", label, press, style=style)


def keep_key(talk: Talk, request: Request | None, provider: str, key: str) -> Step:
    """Check a key that was entered."""
    return do(talk.asking(request), ConnectKey(provider=provider, key=key), Doing.CHECKING_KEY)


def key_checked(talk: Talk, outcome: Outcome) -> Step:
    """The key belongs to somebody: say to whom."""
    facts = _facts(outcome)
    return connected(talk, facts) if facts else say(talk, common.broken())


def consent(talk: Talk, account: str, provider: str, url: str, *, is_late: bool = False) -> Step:
    """The private link, and a way to ask again. The wish before it is kept for afterwards."""
    text = words.consent_missing(provider) if is_late else words.consent(provider)
    links = (link_button("open", "Connect", url, style=Style.PRIMARY),) if url else ()
    buttons = (*links, press_button("check", "Check again", CheckConnection(account=account)))
    return show(talk, talk.conversation.request, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)


def check(talk: Talk, account: str) -> Step:
    """Ask the gateway whether the person has consented."""
    return do(talk, LookUp(what=Look.CONNECTION, argument=account), Doing.CHECKING_CONNECTION)


def connection_found(talk: Talk, outcome: Outcome) -> Step:
    """Active: connected. Not yet: the link again."""
    facts = _facts(outcome)
    if facts is None:
        return say(talk, common.broken())
    if facts.status == AccountStatus.ACTIVE:
        return connected(talk, facts)
    return consent(talk, facts.id, facts.provider, facts.url, is_late=True)


def connected(talk: Talk, facts: AccountFacts) -> Step:
    """Whose account it is, what news would mean, and the wish that waited."""
    wish = talk.conversation.request
    waits = wish is not None and not wish.is_done and wish.intent not in {Intent.CONNECT, Intent.HELP}
    more = (resume_button("go", "Continue", wish),) if waits and wish is not None else ()
    text = words.connected(facts)
    known = talk.context.account is not None and talk.context.account.id == facts.id
    if known and talk.context.news_url and not talk.context.has_news:
        return _news_card(talk, lead=text, more=more)
    news = () if known else (resume_button("news", "Turn news on", WebhookRequest(intent=Intent.NEWS_ON)),)
    buttons = (*more, *news, share_button("share"))
    return show(talk, wish, text, (common.line(text), ButtonRow(buttons=buttons)), is_live=False)


def news_on(talk: Talk) -> Decision:
    """A card that names where news would go, and what is in it; where nothing can reach us, we look ourselves."""
    if talk.context.has_news:
        return say(talk, words.news_already_on())
    if not talk.context.news_url:
        return go_on(talk, looks_for_news(is_on=True))
    return _news_card(talk, lead="", more=())


def looks_for_news(*, is_on: bool) -> ReminderRequest:
    """The wish that bookings are looked at for news, or no more."""
    return ReminderRequest(intent=Intent.AGENDA, settings=(("news", "on" if is_on else "off"),))


def _news_card(talk: Talk, *, lead: str, more: tuple[Button, ...]) -> Step:
    url = talk.context.news_url
    triggers = news_triggers(talk.context.account.provider if talk.context.account else "")
    write = CreateWebhook(url=url, triggers=triggers, token=url.rpartition("/")[2])
    shown = url.rpartition("/")[0] + "/…"
    offer = words.news_offer(talk.service, shown, trigger_words(triggers))
    lines = tuple(common.line(text) for text in (lead, offer) if text)
    asks = (share_button("share"),) if lead else ()
    buttons = (write_button("news", "Turn news on", write), *more, *asks, keep_button("no", "Not now"))
    request = WebhookRequest(intent=Intent.NEWS_ON)
    is_asked_for = not lead
    return show(
        talk,
        request,
        f"{lead} {offer}".strip(),
        (*lines, ButtonRow(buttons=buttons)),
        is_live=is_asked_for,  # a mere offer may be taken up until it expires, whatever is said meanwhile
    )


def whoami(talk: Talk) -> Step:
    """Whose account is in use, and which others there are."""
    account, profile = talk.context.account, talk.context.profile
    if account is None:
        return connect_first(talk, None)
    name = profile.name if profile else ""
    text = words.whoami(account, name, profile.email if profile else "", profile.zone if profile else "")
    others = tuple(one for one in talk.context.accounts if one.id != account.id and one.status == AccountStatus.ACTIVE)
    return say(talk, f"{text} {words.other_accounts(others) if others else ''}".strip(), is_personal=True)


def use_account(talk: Talk, request: AccountRequest) -> Step:
    """Make another account the one in use."""
    wanted = provider_named(request)
    active = [one for one in talk.context.accounts if one.status == AccountStatus.ACTIVE]
    fitting = [one for one in active if one.provider == wanted] if wanted else active
    if not fitting:
        return say(talk, words.no_such_account(wanted, active), is_personal=True)
    if len(fitting) > 1:
        buttons = tuple(
            press_button(f"a{n}", common.cut(f"Use {one.title} {one.label}", 70), UseAccount(account=one.id))
            for n, one in enumerate(fitting, start=1)
        )
        text = words.which_account(fitting)
        return show(talk, request, text, (common.line(text), ButtonRow(buttons=buttons)))
    return choose(talk, fitting[0].id)


def choose(talk: Talk, account: str) -> Step:
    """Make that account the one in use."""
    return do(talk.noting(account=account), ChooseAccount(account=account), Doing.CHOOSING_ACCOUNT)


def chosen(talk: Talk, _outcome: Outcome) -> Step:
    """Say which account is in use now."""
    account = next((one for one in talk.context.accounts if one.id == talk.facts.account), None)
    talk = talk.noting(account="").asking(None)
    return say(talk, words.now_using(account) if account else common.broken(), is_personal=True)


def disconnect(talk: Talk, request: AccountRequest) -> Step:
    """A card to remove an account."""
    wanted = provider_named(request)
    there = [one for one in talk.context.accounts if not wanted or one.provider == wanted]
    if not there:
        return say(talk, words.nothing_connected())
    buttons = tuple(
        write_button(
            f"disconnect-{n}" if len(there) > 1 else "disconnect",
            common.cut(f"Disconnect {one.title} {one.label}", 70) if len(there) > 1 else "Disconnect",
            DeleteConnection(account=one.id, connection=one.connection),
            style=Style.DANGER,
        )
        for n, one in enumerate(there, start=1)
    )
    text = words.disconnect_text(there[0]) if len(there) == 1 else words.which_account(there)
    return show(
        talk,
        replace(request, is_done=True),
        text,
        (common.line(text), ButtonRow(buttons=(*buttons, keep_button("keep", "Keep")))),
    )


def forget_me(talk: Talk, request: AccountRequest) -> Step:
    """A card to delete everything kept about the person."""
    option = press_button("forget", "Forget me", ForgetAll(), style=Style.DANGER)
    text = words.forget_text()
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(option, keep_button("keep", "Keep")))))


def forget(talk: Talk) -> Step:
    """Delete everything kept about the person."""
    return do(talk, ForgetMe(), Doing.FORGETTING)


def forgotten(talk: Talk, _outcome: Outcome) -> Step:
    """Everything is deleted; the conversation starts from nothing."""
    emptied = talk.having(
        request=None, card="", offered=(), listed=(), turn=TurnFacts(), held_card="", zone_override=None
    )
    step = say(emptied, words.forgotten(), is_personal=True)
    return replace(step, conversation=replace(step.conversation, last_said="", version=0))


def connect_again(talk: Talk, request: Request | None, *, why: str = "") -> Step:
    """The account's key or grant is dead, or there is none. `why` says more than that it is dead."""
    account = talk.context.account
    if account is None:
        return connect_first(talk, request)
    lead = talk.leading(why or words.reconnect(account.title))
    return connect_first(lead, request, provider=account.provider)


def _facts(outcome: Outcome) -> AccountFacts | None:
    values = outcome.values if isinstance(outcome, Found) else ()
    return next((value for value in values if isinstance(value, AccountFacts)), None)
