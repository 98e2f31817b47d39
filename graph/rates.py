"""How much may be asked for in a minute, by one user and from one address: nodes and fields.

Counted in each process by itself, over a sliding window. An operation pays before it is executed
for all that it may read, however little it finds: what it found is known too late.
"""

from __future__ import annotations

from math import ceil
from time import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from db.errors import RateLimited
from db.throttling import network


class Rates:
    """What was asked for of late. `user` and `address`: the most in a minute, 0 for any number."""

    def __init__(self, user: int = 0, address: int = 0) -> None:
        self._user = RateLimitItemPerMinute(user, namespace="user") if user else None
        self._address = RateLimitItemPerMinute(address, namespace="address") if address else None
        if user or address:
            self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())

    def address(self, address: str, cost: int) -> None:
        """Count what is asked for from an address. Raises RateLimited."""
        if self._address is not None:
            self._count(self._address, network(address), cost, "rate_of_address")

    def user(self, user: int | None, cost: int) -> None:
        """Count what a user asks for; those who are not known count by address alone. Raises
        RateLimited.
        """
        if self._user is not None and user is not None:
            self._count(self._user, str(user), cost, "rate_of_user")

    def _count(self, most: RateLimitItemPerMinute, whose: str, cost: int, key: str) -> None:
        # What is more than all of a minute is let in once a minute.
        paid = min(max(cost, 1), most.amount)
        if not self._limiter.hit(most, whose, cost=paid):
            raise RateLimited(self._wait(most, whose, paid), key)

    def _wait(self, most: RateLimitItemPerMinute, whose: str, cost: int) -> int:
        """Seconds until there is room for so much. What was asked for in the minute of the clock
        before this one counts less from second to second; that of this one, once it is over.
        """
        span = most.get_expiry()
        storage = self._limiter.storage
        assert isinstance(storage, MemoryStorage)
        before, _, now, _ = storage.get_sliding_window(most.key_for(whose), span)
        left = span - time() % span
        room = most.amount - cost
        if now > room:
            return max(1, ceil(left + span - room * span / now))
        return max(1, ceil(left - (room - now) * span / before)) if before else 1
