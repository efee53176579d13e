"""The home page of each person who has opened theirs: shown when it is opened, and again when what stands on it has changed.

Whether it has changed is known by the store, not by a process: a vote that another process took, a pick, news and settings
made in words bring the page up to date as a press of its own person does.
"""

from __future__ import annotations

import asyncio
import secrets
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.dialogue.acts import ConversationKey, HomePage
from bot.errors import PencilError
from bot.logs import bind_turn, get_logger
from bot.scheduling.reminding.telling import ChangedPage
from bot.slack.drawing import phrases
from bot.slack.drawing.views import home_view
from bot.slack.sending.api import SlackDown, SlackRefusal
from bot.values import dataclass

if TYPE_CHECKING:
    from bot.dialogue.acts import Reply
    from bot.scheduling.accounts import Owner
    from bot.scheduling.models import Person
    from bot.scheduling.reminding.telling import Pages
    from bot.scheduling.times import Clock
    from bot.slack.ports import Assistant
    from bot.slack.receiving.members import Members
    from bot.slack.sending.outbox import Outbox

log = get_logger("slack.pages")

BEAT = timedelta(seconds=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePages:
    """Shows pages."""

    assistant: Assistant
    members: Members
    outbox: Outbox
    pages: Pages
    clock: Clock
    beat: timedelta = BEAT

    async def opened(self, owner: Owner) -> None:
        """Its person opens it. The outermost loop of that: whatever goes wrong, the page says so."""
        with bind_turn(secrets.token_hex(6)):
            try:
                await self.show(owner, await self.members.asker(owner))
            except Exception as error:  # noqa: BLE001  logged with a reference that the person sees
                await self._show_trouble(owner, error)

    async def show(self, owner: Owner, asker: Person, *, above: tuple[Reply, ...] = ()) -> None:
        """The page as it is now, below what was just answered on it."""
        state = await self.pages.open_page(owner, now=self.clock.now())
        await self._publish(ChangedPage(owner=owner, state=state), asker, above)

    async def run(self) -> None:
        """For ever."""
        while True:
            await asyncio.sleep(self.beat.total_seconds())
            try:
                await self.sweep()
            except PencilError as error:
                log.warning("pages.not_swept", error=type(error).__name__)
            except Exception as error:  # noqa: BLE001  one of the outermost loops: it must not end
                log.error("pages.failed", cause=error)

    async def sweep(self) -> int:
        """One round; how many pages had changed. One that could not be shown is taken up again when its lease is over."""
        changed = await self.pages.take_pages(now=self.clock.now())
        for page in changed:
            with bind_turn(secrets.token_hex(6)):
                try:
                    await self._publish(page, await self.members.asker(page.owner), ())
                except SlackRefusal as refusal:
                    log.info("page.refused", code=refusal.code)
                    await self.pages.page_shown(page, now=self.clock.now())
                except PencilError as error:
                    log.info("page.later", error=type(error).__name__)
                except Exception as error:  # noqa: BLE001  one page must not take the others with it
                    await self._show_trouble(page.owner, error)
                    await self.pages.page_shown(page, now=self.clock.now())
        return len(changed)

    async def _publish(self, page: ChangedPage, asker: Person, above: tuple[Reply, ...]) -> None:
        channel = await self.outbox.direct_channel(page.owner)
        made = await self.assistant.home(key=ConversationKey(owner=page.owner, channel=channel), asker=asker)
        await self.outbox.publish_home(page.owner, home_view(HomePage(sections=(*above, *made.sections))))
        await self.pages.page_shown(page, now=self.clock.now())

    async def _show_trouble(self, owner: Owner, error: Exception) -> None:
        reference = secrets.token_hex(4)
        log.error("slack.home_failed", cause=error, reference=reference)
        try:
            await self.outbox.publish_home(owner, home_view(phrases.home_trouble(reference)))
        except (SlackRefusal, SlackDown) as second:
            log.error("slack.home_unreachable", cause=second, reference=reference)
