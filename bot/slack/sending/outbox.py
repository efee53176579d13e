"""The only file that sends to Slack as the bot: post, edit, whisper, answer a response URL, open a form, publish a home page.

Each sending ends where the person can read it: blocks that Slack refuses go out as plain text, a place that is gone gives
way to the person's direct messages. What is returned is the place where the message stands now.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.errors import Unsupported
from bot.logs import get_logger
from bot.scheduling.replacing import replace
from bot.slack.drawing import phrases
from bot.slack.drawing.render import Message, remains_of, render, render_retired, without_buttons
from bot.slack.drawing.text import mrkdwn
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.slack.sending.places import Place, Spot, read_place, write_place
from bot.slack.sending.standing import Standing, marked, told_key

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply
    from bot.loop.messenger import Once
    from bot.scheduling.accounts import Owner
    from bot.scheduling.times import Clock
    from bot.slack.drawing.blocks import Block
    from bot.slack.sending.api import SlackApi
    from bot.slack.workspaces import Workspaces

log = get_logger("slack.outbox")

_BAD_BLOCKS = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
_NOT_THERE = frozenset({"channel_not_found", "is_archived", "not_in_channel", "restricted_action", "team_not_found"})
_MOST_KEPT = 20_000
_AS_IT_IS = {"parse": "none", "link_names": False}
"""Slack makes no links and mentions of its own: an edit's default would. https://docs.slack.dev/reference/methods/chat.update"""


class Outbox:
    """Sends for all teams, each with its own token."""

    def __init__(self, api: SlackApi, workspaces: Workspaces, clock: Clock) -> None:
        self._api = api
        self._workspaces = workspaces
        self._clock = clock
        self.standing = Standing(api, workspaces)
        self._direct: dict[tuple[str, str], str] = {}

    # ── whole answers ──────────────────────────────────────────────────────────────────────────────────────────────

    async def tell(self, owner: Owner, place: str, reply: Reply, *, once: Once | None = None) -> str:
        """Something unasked: edit the card at `place` if that is possible, else write to the person directly.

        With `once` a message that stands in their direct messages under that key already is edited instead.
        """
        card = read_place(place)
        if reply.in_thread and reply.closes is not None:
            return write_place(await self._tell_below(owner, card, reply, once))
        if card is None or card.spot in {Spot.HOME, Spot.COMMAND} or not card.ts:
            return write_place(await self._tell_directly(owner, reply, once))
        if card.spot is Spot.PRIVATE:
            await self.replace_private(card, without_buttons(reply, phrases.sent_directly()))
            return write_place(await self._tell_directly(owner, reply, once))
        if card.spot is Spot.CHANNEL and reply.is_personal:
            return write_place(await self._tell_directly(owner, reply, once))
        if not reply.is_news:
            return write_place(await self.edit_or_post(owner, card, reply, key=told_key(reply)))
        if reply.closes is not None:
            await self.edit(owner, card, reply.closes)
        return write_place(await self.post(owner, replace(card, ts=""), reply))

    async def post_here(self, owner: Owner, place: str, reply: Reply) -> str:
        """A new message where the person talks with us, for everybody there. Raises `SlackRefusal` where we are not in."""
        spot = read_place(place)
        if spot is None or not spot.channel or spot.channel.startswith("D"):
            return write_place(await self.post_direct(owner, reply))
        here = Place(spot=Spot.CHANNEL, channel=spot.channel, thread=spot.thread, member=owner.member)
        where = {"channel": here.channel} | ({"thread_ts": here.thread} if here.thread else {})
        answer = await self._send(owner, "chat.postMessage", render(reply, thread=here.thread), **where)
        return write_place(replace(here, ts=str(answer.get("ts") or ""), remains=remains_of(reply)))

    async def announce(self, owner: Owner, channel: str, note: str, reply: Reply, *, once: Once | None = None) -> str:
        """A message in a channel that somebody has named, for everybody there: a new one, or the one at `note` edited, and
        what happened in its thread. Raises `Unsupported` where we may not write.
        """
        root, state = read_place(note), reply.closes or reply
        where = Place(spot=Spot.CHANNEL, channel=channel, member=owner.member)
        key = once.key if once is not None else ""
        try:
            if root is not None and root.ts and await self.edit(owner, root, state):
                if reply is not state and not await self._stands_below(owner, root, once):
                    await self._post_in(owner, replace(where, thread=root.ts), reply, key=key)
                return write_place(replace(root, remains=remains_of(state)))
            there = await self._stands(owner, once, where)
            return write_place(there or await self._post_in(owner, where, state, key=key))
        except SlackRefusal as refusal:
            if refusal.code not in _NOT_THERE:
                raise
            log.info("slack.not_there", code=refusal.code)
            raise Unsupported(refusal.code, for_person=phrases.not_there()) from refusal

    async def _post_in(self, owner: Owner, place: Place, reply: Reply, *, key: str) -> Place:
        where = {"channel": place.channel} | ({"thread_ts": place.thread} if place.thread else {}) | marked(key)
        answer = await self._send(owner, "chat.postMessage", render(reply, thread=place.thread), **where)
        return replace(place, ts=str(answer.get("ts") or ""), remains=remains_of(reply))

    async def post_direct(self, owner: Owner, reply: Reply, *, key: str = "") -> Place:
        """A new message in the person's direct messages. `key` is kept with it, for `Once`."""
        channel = await self.direct_channel(owner)
        return await self.post(owner, Place(spot=Spot.DIRECT, channel=channel, member=owner.member), reply, key=key)

    async def _tell_below(self, owner: Owner, root: Place | None, reply: Reply, once: Once | None) -> Place:
        """The message at `root` says what is true now, and what happened stands in its thread and below the last message."""
        state = reply.closes or reply
        if root is None or root.spot is not Spot.DIRECT or not root.ts or not await self.edit(owner, root, state):
            return await self._tell_directly(owner, state, once)
        if not await self._stands_below(owner, root, once):
            key, below = once.key if once is not None else "", replace(root, thread=root.thread or root.ts, ts="")
            await self.post(owner, below, reply, key=key, is_shown_below=True)
        return replace(root, remains=remains_of(state))

    async def _tell_directly(self, owner: Owner, reply: Reply, once: Once | None) -> Place:
        if once is None:
            return await self.post_direct(owner, reply)
        there = await self._stands(owner, once)
        if there is not None and await self.edit(owner, there, reply):
            return replace(there, remains=remains_of(reply))
        return await self.post_direct(owner, reply, key=once.key)

    async def _stands(self, owner: Owner, once: Once | None, where: Place | None = None) -> Place | None:
        """The message that was posted with that key, if it may have been: at that place, else in the direct messages."""
        if once is None or once.maybe_since is None:
            return None
        where = where or Place(spot=Spot.DIRECT, channel=await self.direct_channel(owner), member=owner.member)
        found = await self.standing.since(
            owner, {once.key}, once.maybe_since, channel=where.channel, thread=where.thread
        )
        return replace(where, ts=found.ts, thread=found.thread) if found else None

    async def _stands_below(self, owner: Owner, root: Place, once: Once | None) -> bool:
        """Whether what happened stands at `root` or in its thread already. A message of its own, from a time when nobody
        knew of the root, goes.
        """
        beside = await self._stands(owner, once, replace(root, thread="", ts=""))
        if beside is not None and (beside.thread or beside.ts == root.ts):
            return True
        if beside is not None:
            await self.remove(owner, beside)
        return await self._stands(owner, once, replace(root, thread=root.thread or root.ts, ts="")) is not None

    async def link(self, owner: Owner, note: str) -> str:
        """The address that opens a message; empty when there is none. https://docs.slack.dev/reference/methods/chat.getPermalink"""
        place = read_place(note)
        workspace = await self._workspaces.find(owner.enterprise, owner.team)
        if place is None or not place.ts or workspace is None:
            return ""
        try:
            answer = await self._api.ask(
                "chat.getPermalink", workspace.token, channel=place.channel, message_ts=place.ts
            )
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.no_permalink", code=getattr(error, "code", "down"))
            return ""
        return str(answer.get("permalink") or "")

    async def edit_or_post(self, owner: Owner, card: Place, reply: Reply, *, key: str = "") -> Place:
        """The card becomes the reply; a card that cannot be edited any more is followed by a new message."""
        if await self.edit(owner, card, reply, key=key):
            return replace(card, remains=remains_of(reply))
        return await self.post(owner, replace(card, ts=""), reply, key=key)

    # ── single messages ────────────────────────────────────────────────────────────────────────────────────────────

    async def post(
        self, owner: Owner, place: Place, reply: Reply, *, key: str = "", is_shown_below: bool = False
    ) -> Place:
        """A new message that everybody there sees; direct messages when we are not in that channel.

        `is_shown_below`: one in a thread stands in the channel too.
        """
        message = render(reply, thread=place.thread)
        where: dict[str, Any] = {"channel": place.channel}
        if place.thread:
            where["thread_ts"] = place.thread
        if is_shown_below:
            where["reply_broadcast"] = True
        where |= marked(key, card=reply.card)
        try:
            answer = await self._send(owner, "chat.postMessage", message, **where)
        except SlackRefusal as refusal:
            if place.spot is Spot.DIRECT:
                raise
            log.info("slack.post_refused", code=refusal.code)
            return await self.post_direct(owner, reply, key=key)
        return replace(place, ts=str(answer.get("ts") or ""), remains=remains_of(reply))

    async def edit(self, owner: Owner, card: Place, reply: Reply, *, key: str = "") -> bool:
        """Whether the message could be changed."""
        where = {"channel": card.channel, "ts": card.ts} | marked(key, card=reply.card)
        try:
            await self._send(owner, "chat.update", render(reply, thread=card.thread), **where)
        except SlackRefusal as refusal:
            log.info("slack.edit_refused", code=refusal.code)
            return False
        return True

    async def whisper(self, owner: Owner, place: Place, reply: Reply) -> Place:
        """A message in a channel that only this person sees; a direct message where that is not possible."""
        hook = place.hook_at(self._clock.now())
        if hook and await self._respond(hook, render(reply, thread=place.thread), replaces=False):
            return replace(place, spot=Spot.COMMAND, ts="", remains=remains_of(reply))
        where = {"channel": place.channel, "user": owner.member} | ({"thread_ts": place.thread} if place.thread else {})
        try:
            answer = await self._send(owner, "chat.postEphemeral", render(reply, thread=place.thread), **where)
        except SlackRefusal as refusal:
            log.info("slack.whisper_refused", code=refusal.code)
            return await self.post_direct(owner, reply)
        ts = str(answer.get("message_ts") or "")
        return replace(place, spot=Spot.PRIVATE, ts=ts, hook="", hook_until=0, remains=remains_of(reply))

    async def replace_private(self, card: Place, reply: Reply) -> bool:
        """Change a message that only one person sees, through the response URL of an interaction with it."""
        hook = card.hook_at(self._clock.now())
        return bool(hook) and await self._respond(hook, render(reply, thread=card.thread), replaces=True)

    async def retire(self, owner: Owner, card: Place) -> None:
        """Take the buttons off a card that a newer one has replaced, where it can still be edited."""
        gone = render_retired(card.remains)
        hook = card.hook_at(self._clock.now())
        try:
            if card.spot is Spot.PRIVATE and hook:
                await self._respond(hook, gone, replaces=True)
            elif card.spot in {Spot.DIRECT, Spot.CHANNEL}:
                await self._send(owner, "chat.update", gone, channel=card.channel, ts=card.ts)
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.retire_failed", code=getattr(error, "code", "down"))

    async def post_text(self, owner: Owner, place: Place, text: str, *, key: str = "") -> str:
        """A line of our own that everybody there sees; its ts, empty when it could not be posted."""
        where = {"channel": place.channel} | ({"thread_ts": place.thread} if place.thread else {}) | marked(key)
        try:
            answer = await self._call(owner, "chat.postMessage", text=mrkdwn(text, 3000), **_AS_IT_IS, **where)
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.line_refused", code=getattr(error, "code", "down"))
            return ""
        return str(answer.get("ts") or "")

    async def whisper_text(self, place: Place, text: str) -> bool:
        """A line of our own through the response URL, seen by its person only."""
        hook = place.hook_at(self._clock.now())
        return bool(hook) and await self._respond(hook, Message(mrkdwn(text, 3000), ()), replaces=False)

    async def remove(self, owner: Owner, place: Place) -> None:
        """Take back a line of our own."""
        try:
            await self._call(owner, "chat.delete", channel=place.channel, ts=place.ts)
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.remove_refused", code=getattr(error, "code", "down"))

    # ── views ──────────────────────────────────────────────────────────────────────────────────────────────────────

    async def open_form(self, owner: Owner, trigger: str, view: Block) -> bool:
        """Whether the form could be opened: triggers last three seconds."""
        try:
            await self._call(owner, "views.open", trigger_id=trigger, view=view)
        except (SlackRefusal, SlackDown) as error:
            log.warning("slack.form_refused", code=getattr(error, "code", "down"))
            return False
        return True

    async def open_view(self, owner: Owner, trigger: str, view: Block) -> str | None:
        """The id of the form that stands open now; None when Slack did not open it."""
        try:
            answer = await self._call(owner, "views.open", trigger_id=trigger, view=view)
        except (SlackRefusal, SlackDown) as error:
            log.warning("slack.form_refused", code=getattr(error, "code", "down"))
            return None
        opened = answer.get("view")
        return str(opened.get("id") or "") if isinstance(opened, dict) else ""

    async def update_view(self, owner: Owner, view_id: str, view: Block) -> None:
        """The open form as it is now; one that was closed or sent meanwhile stays so."""
        try:
            await self._call(owner, "views.update", view_id=view_id, view=view)
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.form_not_updated", code=getattr(error, "code", "down"))

    async def suggest(self, owner: Owner, channel: str, prompts: tuple[tuple[str, str], ...]) -> None:
        """Offer sentences in the agent's messages. Without a thread: one there makes Slack ignore them silently."""
        offered = [{"title": title, "message": message} for title, message in prompts]
        await self._call(owner, "assistant.threads.setSuggestedPrompts", channel_id=channel, prompts=offered)

    async def note(self, owner: Owner, method: str, **arguments: Any) -> None:
        """What nobody reads as a message: the end of a workflow's step, the state of an agent's session."""
        await self._call(owner, method, **arguments)

    async def publish_home(self, owner: Owner, view: Block) -> None:
        """Show the home page to its person."""
        await self._call(owner, "views.publish", user_id=owner.member, view=view)

    # ── how ────────────────────────────────────────────────────────────────────────────────────────────────────────

    async def direct_channel(self, owner: Owner) -> str:
        """The channel of the direct messages with this person."""
        key = (owner.team, owner.member)
        if key not in self._direct:
            answer = await self._call(owner, "conversations.open", users=owner.member)
            channel = answer.get("channel")
            if len(self._direct) >= _MOST_KEPT:
                self._direct.pop(next(iter(self._direct)))
            self._direct[key] = str(channel.get("id") or "") if isinstance(channel, dict) else ""
        return self._direct[key]

    async def _send(self, owner: Owner, method: str, message: Message, **where: Any) -> dict[str, Any]:
        try:
            return await self._call(owner, method, **message.as_arguments(), **_AS_IT_IS, **where)
        except SlackRefusal as refusal:
            if refusal.code not in _BAD_BLOCKS:
                raise
            if message.plain:
                log.info("slack.newer_blocks_refused", code=refusal.code)
                return await self._send(owner, method, Message(message.text, message.plain), **where)
            log.error("slack.blocks_refused", code=refusal.code, blocks=len(message.blocks))
            return await self._call(owner, method, text=message.text, blocks=[], **_AS_IT_IS, **where)

    async def _call(self, owner: Owner, method: str, **arguments: Any) -> dict[str, Any]:
        workspace = await self._workspaces.find(owner.enterprise, owner.team)
        if workspace is None:
            raise SlackRefusal(method, "not_installed")
        try:
            return await self._api.send(method, workspace.token, json=arguments)
        except SlackRefusal as refusal:
            if refusal.is_dead_token:
                self._workspaces.suspect(owner.enterprise, owner.team)
            raise

    async def _respond(self, hook: str, message: Message, *, replaces: bool) -> bool:
        body = message.as_arguments() | {"response_type": "ephemeral", "replace_original": replaces}
        try:
            await self._api.respond(hook, body)
        except (SlackRefusal, SlackDown) as error:
            log.info("slack.hook_refused", code=getattr(error, "code", "down"))
            if message.plain and isinstance(error, SlackRefusal):
                return await self._respond(hook, Message(message.text, message.plain), replaces=replaces)
            return False
        return True
