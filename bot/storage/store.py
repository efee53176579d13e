"""The store: one object that holds every port's rows over one database."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.storage.accounts import AccountRows
from bot.storage.cleaning import Upkeep
from bot.storage.conversations import ConversationRows
from bot.storage.database.migrations import EXPECTED, current_version
from bot.storage.database.state import SchemaState
from bot.storage.duties import DutyRows
from bot.storage.forgetting import Forgetting
from bot.storage.grants import GrantRows
from bot.storage.inbox import InboxRows
from bot.storage.installations import InstallationRows, MemberTokenRows
from bot.storage.keys import Keys
from bot.storage.ledger.rows import LedgerRows
from bot.storage.telling.news import BookingPlaceRows, NewsRows, PostingRows
from bot.storage.telling.pages import PageRows
from bot.storage.telling.reminding import ErrandRows, PreferenceRows
from bot.storage.together.consents import AddressRows, ConsentRows
from bot.storage.together.polls import PollRows
from bot.storage.together.shares import ShareRows
from bot.storage.turns import TurnRows

if TYPE_CHECKING:
    from datetime import datetime, timedelta

    from bot.scheduling.accounts import Route
    from bot.storage.database.engine import Database
    from bot.storage.database.values import Vault


class Store:
    """Everything that is remembered. Each attribute is one port; what concerns all of them is a method here."""

    def __init__(self, database: Database, vault: Vault) -> None:
        self.database = database
        self.vault = vault
        self.is_keyless = vault.is_keyless
        """Without PENCIL_ENCRYPTION_KEY the key lies beside the data: that protects nothing and keeps one format."""
        self._forgetting = Forgetting(database, vault)
        self.conversations = ConversationRows(database, vault, self._forgetting)
        self.ledger = LedgerRows(database, vault)
        self.inbox = InboxRows(database, vault)
        self.accounts = AccountRows(database, vault)
        self.grants = GrantRows(database, vault)
        self.installations = InstallationRows(database, vault)
        self.member_tokens = MemberTokenRows(database, vault)
        self.preferences = PreferenceRows(database, vault)
        self.booking_places = BookingPlaceRows(database, vault)
        self.postings = PostingRows(database)
        self.pages = PageRows(database)
        self.turns = TurnRows(
            database=database,
            inbox=self.inbox,
            conversations=self.conversations,
            accounts=self.accounts,
            ledger=self.ledger,
            preferences=self.preferences,
            places=self.booking_places,
        )
        self.news = NewsRows(database)
        self.consents = ConsentRows(database)
        self.addresses = AddressRows(database, vault)
        self.shares = ShareRows(database, vault)
        self.polls = PollRows(database, vault)
        self.errands = ErrandRows(database, vault)
        self.duties = DutyRows(database)
        self.upkeep = Upkeep(database, vault)
        self.keys = Keys(database, vault)

    def requires_key_for(self, route: Route) -> None:
        """Raise `BadSettings` when an account of that route may not be stored, because nothing would protect it."""
        self.accounts.requires_key_for(route)

    async def forget_team(self, enterprise: str, team: str) -> None:
        """Delete everything of a workspace (on uninstall); with an empty `team`, of the whole organisation."""
        await self._forgetting.forget_team(enterprise, team)

    async def purge(self, now: datetime, *, keep_conversations: timedelta, keep_ledger: timedelta) -> dict[str, int]:
        """Delete what is older than it must be kept; how many rows of each table."""
        return await self._forgetting.purge(now, keep_conversations=keep_conversations, keep_ledger=keep_ledger)

    async def schema_state(self) -> SchemaState:
        """Which schema the database has, and which this program expects."""
        return SchemaState(await self.database.one(current_version), EXPECTED)

    async def close(self) -> None:
        """Finish what was begun and let go of the database."""
        await self.database.close()
