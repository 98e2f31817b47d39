"""Text that a spreadsheet would take for a formula, and may run, made harmless and back again.

A cell that starts with = + - @ gets an apostrophe before it (OWASP, CSV injection). So does one
that starts so behind apostrophes of its own: taking one away always gives back what was there.
"""

from __future__ import annotations

import re
from typing import Final

FORMULA: Final = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
"""What starts a formula, or is passed over before one; full width too."""


def safe(text: str) -> str:
    """The text, kept from being taken for a formula."""
    return f"'{text}" if FORMULA.match(text) else text


def unsafe(text: str) -> str:
    """What `safe` was given."""
    return text[1:] if text.startswith("'") and FORMULA.match(text) else text
