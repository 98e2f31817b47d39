"""Failures to sign in, counted by account and by network, in the database that all workers share.

Each attempt is counted as a failure before the password is looked at, and taken back if it was
right: a thousand at once are no more than a thousand in turn. Addresses that nobody has are counted
like others. What is counted is named by a hash: people type passwords into the wrong field.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import timedelta
from hashlib import blake2b
from ipaddress import IPv6Address, ip_address, ip_network
from math import ceil
from typing import Any, Final

from db.database import Database
from db.errors import RateLimited

log = logging.getLogger("fiches")

QUIET: Final = timedelta(minutes=15)
"""After so long without a failure (or with its delay over) the count begins anew."""
FIRST_DELAY: Final = 30.0
LONGEST_DELAY: Final = 900.0
"""Seconds: the delay doubles with each further failure."""


@dataclass(frozen=True)
class Limit:
    """`free` failures cost nothing; from then on each is followed by a delay."""

    kind: str
    free: int

    def key(self, value: str) -> bytes:
        written = f"{self.kind}:{value}".encode(errors="replace")
        return blake2b(written, digest_size=16, person=b"fiches failures").digest()


ACCOUNT = Limit("account", 5)
NETWORK = Limit("network", 100)
"""High, for behind one address may work a whole company."""

# The delay is set while the attempt is counted: no other gets in meanwhile. By the clock and not by
# now(), which is when the statement began: it may have waited since for one that began later.
CLAIM: Final = """
INSERT INTO sign_in_failure AS f (key, failures, free_at) VALUES ($1, 1, clock_timestamp())
ON CONFLICT (key) DO UPDATE SET (failures, free_at) = (
    SELECT n, clock_timestamp() + CASE WHEN n < $2 THEN interval '0' ELSE
        make_interval(secs => least($4::float8, $3::float8 * power(2, least(n - $2, 30)))) END
    FROM (SELECT CASE WHEN f.free_at < clock_timestamp() - $5::interval THEN 1
        ELSE f.failures + 1 END) counted (n))
WHERE f.free_at <= clock_timestamp()
RETURNING failures
"""
WAIT: Final = """
SELECT extract(epoch FROM free_at - clock_timestamp())::float8 FROM sign_in_failure WHERE key = $1
"""
FORGET: Final = "DELETE FROM sign_in_failure WHERE key = $1"
TAKE_BACK: Final = """
UPDATE sign_in_failure SET failures = failures - 1,
    free_at = CASE WHEN failures <= $2 THEN now() ELSE free_at END
WHERE key = $1 AND failures > 0
"""


def network(address: str) -> str:
    """What one customer of a provider has: an IPv4 address, or 64 bits of an IPv6 one."""
    try:
        read = ip_address(address)
    except ValueError:
        return address
    if not isinstance(read, IPv6Address):
        return str(read)
    if read.ipv4_mapped is not None:
        return str(read.ipv4_mapped)
    return str(ip_network((int(read), 64), strict=False))


@dataclass(frozen=True)
class Attempt:
    """One attempt to sign in, counted as failed until it is said to have succeeded."""

    database: Database
    account: str
    address: str

    async def claim(self) -> None:
        """Raises RateLimited."""
        connection = await self.database.acquire()
        try:
            # The network first: one that is kept out locks no account.
            await _claim(connection, NETWORK, network(self.address))
            await _claim(connection, ACCOUNT, self.account)
        finally:
            await self.database.release(connection)

    async def succeeded(self) -> None:
        connection = await self.database.acquire()
        try:
            await connection.execute(FORGET, ACCOUNT.key(self.account))
            await connection.execute(TAKE_BACK, NETWORK.key(network(self.address)), NETWORK.free)
        finally:
            await self.database.release(connection)


async def _claim(connection: Any, limit: Limit, value: str) -> None:
    key = limit.key(value)
    counted = await connection.fetchval(CLAIM, key, limit.free, FIRST_DELAY, LONGEST_DELAY, QUIET)
    if counted is None:
        wait = await connection.fetchval(WAIT, key)
        raise RateLimited(max(1, ceil(wait or 0)))
    if counted >= limit.free:
        log.warning("%s failures to sign in, of one %s", counted, limit.kind)
