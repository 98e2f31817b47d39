"""What stops a start, told to the person who can cure it."""

from __future__ import annotations


class StartError(Exception):
    """A start that cannot go on: `message` says what is wrong, `cure` what to do about it."""

    def __init__(self, message: str, cure: str) -> None:
        super().__init__(message, cure)
        self.message = message
        self.cure = cure

    def __str__(self) -> str:
        """One line, also where the cause had several."""
        return " ".join(f"{self.message}: {self.cure}".split())
