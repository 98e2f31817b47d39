"""Numbers that identify companies and accounts: made up, with check digits that are right."""

from __future__ import annotations

from random import Random

from stdnum import luhn


def siren(random: Random) -> str:
    """Nine digits, by Luhn; from a range that INSEE has hardly begun."""
    digits = f"99{random.randrange(10**6):06d}"
    return digits + str(luhn.calc_check_digit(digits))


def siret(siren: str, establishment: int = 1) -> str:
    """The SIREN and the number of an establishment, by Luhn over the whole."""
    digits = f"{siren}{establishment:04d}"
    return digits + str(luhn.calc_check_digit(digits))


def vat_number(siren: str) -> str:
    """`FR`, a key, the SIREN (CGI art. 286 ter)."""
    return f"FR{(12 + 3 * (int(siren) % 97)) % 97:02d}{siren}"


def iban(random: Random) -> str:
    """A French IBAN: bank, branch, account, the RIB's key, under the key of ISO 13616."""
    bank, branch, account = "30099", f"{random.randrange(10**5):05d}", random.randrange(10**11)
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * account) % 97
    bban = f"{bank}{branch}{account:011d}{key:02d}"
    return f"FR{98 - int(f'{bban}152700') % 97:02d}{bban}"


def phone(random: Random, prefix: str = "02 61 91") -> str:
    """A number of those that ARCEP keeps for fiction: landline here, mobile under `06 39 98`."""
    return f"{prefix} {random.randrange(100):02d} {random.randrange(100):02d}"


MOBILE = "06 39 98"
