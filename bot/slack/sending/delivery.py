"""Which surface gets what: the plan behind every answer.

    said in direct messages    a message there
    said in a channel          a reply in the thread; a personal one goes to its asker only, others read its `trace`
    slash command              to its asker only, at the command's own address
    pressed card               the card becomes the reply; news is a message of its own, and the card becomes `closes`
    pressed private card       replaced; what came of a write is also sent directly, because private copies vanish
    pressed on the home page   the page again, with the reply on top

Rule for the next editor: nothing personal is ever put into a message that others see, whatever the reply says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.dialogue.acts import Chose, ConversationKey, Submitted
from bot.groups import both, side_by_side
from bot.logs import get_logger
from bot.scheduling.replacing import replace
from bot.slack.drawing import phrases
from bot.slack.drawing.render import remains_of, without_buttons
from bot.slack.drawing.views import form_view
from bot.slack.ids import FormOrigin
from bot.slack.sending.api import SlackRefusal
from bot.slack.sending.places import Place, Spot, read_place
from bot.slack.sending.standing import answer_key, unsure_key

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person
    from bot.slack.ports import Assistant
    from bot.slack.receiving.inbound import Arrival
    from bot.slack.sending.outbox import Outbox
    from bot.slack.sending.pages import HomePages
    from bot.slack.sending.sessions import Sessions
    from bot.slack.sending.standing import Found

log = get_logger("slack.delivery")

_MOST_RETIRED = 10


def conversation_key(owner: Owner, place: Place) -> ConversationKey:
    """Whose conversation it is: one for all direct messages, one a thread elsewhere."""
    is_one = place.spot in {Spot.DIRECT, Spot.HOME}
    return ConversationKey(owner=owner, channel=place.channel, thread="" if is_one else place.thread)


class Delivery:
    """Brings replies to where they belong."""

    def __init__(self, outbox: Outbox, assistant: Assistant, sessions: Sessions, pages: HomePages) -> None:
        self._outbox = outbox
        self._pages = pages
        self._sessions = sessions
        self._assistant = assistant

    async def settle(self, arrival: Arrival, card_place: str | None = None) -> Arrival:
        """The arrival with a place that can be answered: the home page's person, a form's card, our own direct messages.

        `card_place`: where the pressed card stands, if that has been read already.
        """
        place, owner = arrival.place, arrival.owner
        if place.spot in {Spot.HOME, Spot.DIRECT} and not place.channel:
            place = replace(place, channel=await self._outbox.direct_channel(owner))
        elif place.spot is Spot.COMMAND and place.channel.startswith("D"):
            place = await self._our_own(place, owner)
        elif isinstance(arrival.turn, Submitted):
            note = await self._assistant.card_place(arrival.turn.card) if card_place is None else card_place
            stored = read_place(note)
            if stored and stored.hook and (stored.channel, stored.ts) == (place.channel, place.ts):
                place = replace(place, hook=stored.hook, hook_until=stored.hook_until)
        return arrival if place is arrival.place else replace(arrival, place=place)

    async def _our_own(self, place: Place, owner: Owner) -> Place:
        """A command typed in the direct messages with us is answered there, where messages stay and can be edited."""
        try:
            ours = await self._outbox.direct_channel(owner) == place.channel
        except SlackRefusal:
            return place
        return replace(place, spot=Spot.DIRECT, hook="", hook_until=0) if ours else place

    async def standing(self, arrival: Arrival) -> tuple[Place, Found] | None:
        """What stands of the answer to a turn that is run again: the answer itself, or a line that it shall become."""
        place, owner, since = arrival.place, arrival.owner, arrival.since
        if since is None or place.spot not in {Spot.DIRECT, Spot.CHANNEL} or not place.channel:
            return None
        look, keys = self._outbox.standing, {arrival.claim, unsure_key(arrival.claim)}
        found = await look.since(owner, keys, since, channel=place.channel, thread=place.thread)
        if found is None and place.ts:
            found = await look.at(owner, keys, channel=place.channel, thread=place.thread, ts=place.ts)
        return (replace(place, ts=found.ts), found) if found else None

    # ── while the answer is being found ────────────────────────────────────────────────────────────────────────────

    async def say_wait(self, arrival: Arrival) -> Place | None:
        """A line that shows that we are at work; its place when it can be edited or taken back."""
        place, owner = arrival.place, arrival.owner
        is_press = isinstance(arrival.turn, Chose | Submitted)
        text = phrases.working() if is_press else phrases.looking()
        if place.spot is Spot.HOME or arrival.is_overheard:
            return None
        if self._sessions.is_one(owner, place):
            await self._sessions.looking(owner, place, is_press=is_press)
            return None
        if place.spot is Spot.DIRECT or (place.spot is Spot.CHANNEL and not is_press):
            ts = await self._outbox.post_text(owner, place, text, key=arrival.claim)
            return replace(place, ts=ts) if ts else None
        await self._outbox.whisper_text(place, text)
        return None

    async def take_back(self, arrival: Arrival, waiting: Place | None) -> None:
        """Nothing is to be said: the waiting line goes."""
        if waiting is not None:
            await self._outbox.remove(arrival.owner, waiting)

    # ── the answer ─────────────────────────────────────────────────────────────────────────────────────────────────

    async def deliver(self, arrival: Arrival, asker: Person, reply: Reply, waiting: Place | None = None) -> Place:
        """Bring the reply to its person, retire the cards it replaces; where its card stands now."""
        if arrival.place.spot is Spot.HOME:
            answering = self._on_home(arrival, asker, reply)
        elif isinstance(arrival.turn, Chose | Submitted):
            answering = self._after_press(arrival, reply, waiting)
        else:
            answering = self._after_words(arrival, reply, waiting)
        if not reply.retired:
            return await answering
        old = [place for note in reply.retired[:_MOST_RETIRED] if (place := _to_retire(note, arrival, waiting))]
        if not old:
            return await answering
        retiring = side_by_side([self._outbox.retire(arrival.owner, one) for one in old])
        return (await both(answering, retiring))[0]

    async def _after_words(self, arrival: Arrival, reply: Reply, waiting: Place | None) -> Place:
        owner, place = arrival.owner, arrival.place
        if place.spot is Spot.CHANNEL and reply.is_personal:
            await self._leave_trace(arrival, reply, waiting)
            return await self._outbox.whisper(owner, place, reply)
        if place.spot in {Spot.DIRECT, Spot.CHANNEL}:
            key = answer_key(reply, arrival.claim)
            if waiting is not None:
                return await self._outbox.edit_or_post(owner, waiting, reply, key=key)
            return await self._outbox.post(owner, place, reply, key=key)
        return await self._outbox.whisper(owner, place, reply)

    async def _leave_trace(self, arrival: Arrival, reply: Reply, waiting: Place | None) -> None:
        """First the public line, because a private one in a thread shows only where the thread exists."""
        if not reply.trace:
            await self.take_back(arrival, waiting)
            return
        trace = type(reply)(text=reply.trace)
        if waiting is None or not await self._outbox.edit(arrival.owner, waiting, trace):
            await self._outbox.post_text(arrival.owner, arrival.place, reply.trace, key=arrival.claim)

    async def _after_press(self, arrival: Arrival, reply: Reply, waiting: Place | None) -> Place:
        owner, card, key = arrival.owner, arrival.place, answer_key(reply, arrival.claim)
        if card.spot is Spot.PRIVATE:
            return await self._after_private_press(arrival, reply)
        if reply.is_news and reply.closes is not None:
            await self._outbox.edit(owner, card, reply.closes)
        if card.spot is Spot.CHANNEL and reply.is_personal:
            return await self._outbox.whisper(owner, card, reply)
        if not reply.is_news and card.ts:
            await self.take_back(arrival, waiting)
            return await self._outbox.edit_or_post(owner, card, reply, key=key)
        if waiting is not None:
            return await self._outbox.edit_or_post(owner, waiting, reply, key=key)
        return await self._outbox.post(owner, replace(card, ts=""), reply, key=key)

    async def _after_private_press(self, arrival: Arrival, reply: Reply) -> Place:
        owner, card = arrival.owner, arrival.place
        if reply.tells:
            return await self._outcome(arrival, reply)
        if reply.is_news:
            if reply.closes is not None:
                await self._outbox.replace_private(card, reply.closes)
            return await self._outbox.whisper(owner, card, reply)
        if await self._outbox.replace_private(card, reply):
            return replace(card, remains=remains_of(reply))
        return await self._outbox.whisper(owner, replace(card, hook=""), reply)

    async def _outcome(self, arrival: Arrival, reply: Reply) -> Place:
        """What came of a write, said for good: directly with its buttons, and without them where it was pressed."""
        owner, card = arrival.owner, arrival.place
        try:
            direct = await self._outbox.post_direct(owner, reply)
        except SlackRefusal as refusal:
            log.warning("slack.direct_refused", code=refusal.code)
            await self._outbox.replace_private(card, reply)
            return card
        await self._outbox.replace_private(card, without_buttons(reply, phrases.sent_directly()))
        return direct

    async def _on_home(self, arrival: Arrival, asker: Person, reply: Reply) -> Place:
        owner, place = arrival.owner, arrival.place
        await self._pages.show(owner, asker, above=(reply,))
        if reply.tells:
            return await self._outbox.post_direct(owner, reply)
        return place

    # ── forms and the page ─────────────────────────────────────────────────────────────────────────────────────────

    async def open_form(self, arrival: Arrival, reply: Reply) -> bool:
        """Whether the reply's form stands open before the person now."""
        if reply.form is None or not arrival.trigger:
            return False
        card = arrival.place
        origin = FormOrigin(
            card=reply.card,
            option=reply.form_option,
            channel=card.channel,
            thread=card.thread,
            ts=card.ts,
            spot=card.spot,
        )
        return await self._outbox.open_form(arrival.owner, arrival.trigger, form_view(reply.form, origin))

    def card_of(self, arrival: Arrival, card_place: str) -> Place:
        """The pressed card's place, now reachable through this press, with what it says."""
        stored = read_place(card_place)
        return replace(arrival.place, remains=stored.remains if stored else "")


def _to_retire(note: str, arrival: Arrival, waiting: Place | None) -> Place | None:
    """An old card that loses its buttons; None for a message that the answer itself will change, and for none at all."""
    old = read_place(note)
    if old is None or not old.ts or (waiting is not None and old.is_same_message(waiting)):
        return None
    is_pressed = isinstance(arrival.turn, Chose | Submitted) and old.is_same_message(arrival.place)
    return None if is_pressed else old
