"""Webhooks: list, create, pause, resume, delete; and turning our own news off. The list is read first."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.dialogue.acts import Facts, FieldKind, FormField, Found, Look, LookUp, Style
from bot.dialogue.buttons import ButtonRow, form_button, keep_button, resume_button, write_button
from bot.dialogue.conversation import Doing
from bot.dialogue.families import WebhookRequest
from bot.dialogue.managing.connecting import looks_for_news
from bot.dialogue.managing.triggers import named_triggers, trigger_words
from bot.dialogue.request.forms import one_field
from bot.dialogue.talk import Talk, do, go_on, say, show
from bot.dialogue.wording import account as words
from bot.dialogue.wording import common
from bot.dialogue.wording import connecting as connect_words
from bot.language.meaning import Intent
from bot.scheduling.models import Webhook
from bot.scheduling.replacing import replace
from bot.scheduling.undoing import webhook_again
from bot.scheduling.writes import ChangeWebhook, CreateWebhook, DeleteWebhook

if TYPE_CHECKING:
    from bot.dialogue.acts import Outcome
    from bot.dialogue.buttons import CardPart
    from bot.dialogue.context import Decision, Step


def look_at_webhooks(talk: Talk, request: WebhookRequest) -> Decision:
    """Read the webhooks there are."""
    if talk.context.capabilities is None or not talk.context.capabilities.webhooks:
        return say(talk, words.no_webhooks_here(talk.service))
    if request.intent is Intent.NEWS_OFF and not talk.context.news_url:
        return go_on(talk, looks_for_news(is_on=False))
    if request.intent is Intent.NEWS_OFF and not talk.context.has_news:
        return say(talk, connect_words.news_off_already())
    return do(talk.asking(request), LookUp(what=Look.WEBHOOKS), Doing.READING_WEBHOOKS)


def webhooks_found(talk: Talk, outcome: Outcome) -> Step:
    """The list, or the card for the one meant."""
    request = talk.conversation.request
    if not isinstance(request, WebhookRequest) or not isinstance(outcome, Found):
        return say(talk, common.broken())
    hooks = tuple(value for value in outcome.values if isinstance(value, Webhook))
    if request.intent is Intent.SHOW_WEBHOOKS:
        return _show(talk, request, hooks)
    if not hooks:
        return say(talk.asking(None), words.no_webhooks())
    meant = _meant(talk, request, hooks)
    return _card(talk, request, meant[0]) if len(meant) == 1 else _which(talk, request, meant or hooks)


def create_webhook(talk: Talk, request: WebhookRequest) -> Step:
    """A card that names the address, the triggers and what will be sent."""
    if talk.context.capabilities is None or not talk.context.capabilities.webhooks:
        return say(talk, words.no_webhooks_here(talk.service))
    url = request.url.strip()
    form = one_field(
        "Webhook", FormField(name="url", label="Address", kind=FieldKind.URL, hint="Begins with https://", value=url)
    )
    if not _is_good(url):
        text = words.bad_url(url) if url else words.which_url()
        button = form_button("edit", "Add details", form, request, style=Style.PRIMARY)
        return show(talk, request, text, (common.line(text), ButtonRow(buttons=(button,))))
    provider = talk.context.account.provider if talk.context.account else ""
    triggers = named_triggers(provider, request.triggers)
    write = CreateWebhook(url=url, triggers=triggers)
    text = words.create_webhook(url, trigger_words(triggers), talk.service)
    rows = (
        ("Address", common.cut(url, 300)),
        ("Sends", common.listed(trigger_words(triggers))),
        ("Triggers", ", ".join(triggers)),
    )
    buttons = (
        write_button("create", "Create webhook", write),
        form_button("edit", "Edit", form, request),
        keep_button("keep", "Keep as is"),
    )
    parts = (common.heading("Create a webhook?"), Facts(rows=rows), common.line(text), ButtonRow(buttons=buttons))
    return show(talk, request, text, parts)


def _is_good(url: str) -> bool:
    """An https address with a public-looking host."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return parts.scheme == "https" and "." in host and not any(letter.isspace() for letter in url) and len(url) <= 500


def _show(talk: Talk, request: WebhookRequest, hooks: tuple[Webhook, ...]) -> Step:
    if not hooks:
        return say(talk.asking(None), words.no_webhooks())
    parts: list[CardPart] = [common.heading(common.count(len(hooks), "webhook"))]
    for number, hook in enumerate(hooks[:8], start=1):
        chosen = replace(request, webhook=hook.id, url="", triggers="")
        toggle = replace(chosen, intent=Intent.PAUSE_WEBHOOK if hook.is_active else Intent.RESUME_WEBHOOK)
        buttons = (
            resume_button(f"p{number}", "Pause" if hook.is_active else "Resume", toggle),
            resume_button(f"d{number}", "Delete", replace(chosen, intent=Intent.DELETE_WEBHOOK)),
        )
        parts.append(ButtonRow(buttons=buttons, title=f"{number}. {_line(hook)}"))
    text = f"{common.count(len(hooks), 'webhook')}: {'; '.join(_line(hook) for hook in hooks[:8])}."
    return show(talk, replace(request, is_done=True), text, tuple(parts))


def _line(hook: Webhook) -> str:
    return words.webhook_line(hook, trigger_words(hook.triggers))


def _meant(talk: Talk, request: WebhookRequest, hooks: tuple[Webhook, ...]) -> tuple[Webhook, ...]:
    if request.webhook:
        return tuple(hook for hook in hooks if hook.id == request.webhook)
    if request.intent is Intent.NEWS_OFF:
        return tuple(hook for hook in hooks if talk.context.news_url and hook.url == talk.context.news_url)[:1]
    if request.url:
        return tuple(hook for hook in hooks if request.url.rstrip("/") in hook.url)
    if request.intent is Intent.PAUSE_WEBHOOK:
        return tuple(hook for hook in hooks if hook.is_active)
    if request.intent is Intent.RESUME_WEBHOOK:
        return tuple(hook for hook in hooks if not hook.is_active)
    return hooks


def _which(talk: Talk, request: WebhookRequest, hooks: tuple[Webhook, ...]) -> Step:
    buttons = tuple(
        resume_button(
            f"k{number}",
            common.cut(f"Take {words.hidden_url(hook.url)}", 60),
            replace(request, webhook=hook.id),
        )
        for number, hook in enumerate(hooks[:10], start=1)
    )
    return show(talk, request, words.which_webhook(), (common.line(words.which_webhook()), ButtonRow(buttons=buttons)))


def _card(talk: Talk, request: WebhookRequest, hook: Webhook) -> Step:
    line = _line(hook)
    can = talk.context.capabilities
    if can is not None and not can.changes_webhooks and request.intent in _TOGGLES:
        return _card_by_making_anew(talk, request, hook)
    match request.intent:
        case Intent.PAUSE_WEBHOOK:
            change = ChangeWebhook(webhook=hook.id, is_active=False, event_type=hook.event_type, before=hook)
            text, button = words.pause_webhook(line), write_button("pause", "Pause", change)
        case Intent.RESUME_WEBHOOK:
            change = ChangeWebhook(webhook=hook.id, is_active=True, event_type=hook.event_type, before=hook)
            text, button = words.resume_webhook(line), write_button("resume", "Resume", change)
        case Intent.NEWS_OFF:
            delete = DeleteWebhook(webhook=hook.id, event_type=hook.event_type, before=hook)
            text, button = words.news_off_text(), write_button("off", "Turn news off", delete)
        case _:
            delete = DeleteWebhook(webhook=hook.id, event_type=hook.event_type, before=hook)
            text, button = words.delete_webhook(line), write_button("delete", "Delete", delete, style=Style.DANGER)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(button, keep_button("keep", "Keep")))))


_TOGGLES = frozenset({Intent.PAUSE_WEBHOOK, Intent.RESUME_WEBHOOK})


def _card_by_making_anew(talk: Talk, request: WebhookRequest, hook: Webhook) -> Step:
    """Where none can be changed: a pause deletes it, and resuming one deletes it and makes it anew, two writes in one press."""
    line, delete = _line(hook), DeleteWebhook(webhook=hook.id, event_type=hook.event_type, before=hook)
    if request.intent is Intent.PAUSE_WEBHOOK:
        text, button = words.pause_by_deleting(line, talk.service), write_button("pause", "Pause", delete)
    else:
        button = write_button("resume", "Resume", delete, webhook_again(hook))
        text = words.resume_by_making(line, talk.service)
    return show(talk, request, text, (common.line(text), ButtonRow(buttons=(button, keep_button("keep", "Keep")))))
