"""A mistake in a declaration, or in the use of a record, is refused before anything runs."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
MISTAKES = ROOT / "tests" / "typing" / "mistakes.py"
MARKED = {
    number
    for number, line in enumerate(MISTAKES.read_text().splitlines(), start=1)
    if "# wrong" in line
}


def test_pyright_refuses_every_line_marked_wrong_and_no_other() -> None:
    report = run("pyright", "--outputjson", "--pythonpath", sys.executable)

    told = json.loads(report)["generalDiagnostics"]
    assert {each["range"]["start"]["line"] + 1 for each in told} == MARKED


def test_mypy_refuses_every_line_marked_wrong_and_no_other() -> None:
    report = run("mypy", "--strict", "--no-error-summary", "--hide-error-context")

    told = re.findall(r"^.*mistakes\.py:(\d+): error: ", report, re.MULTILINE)
    assert {int(line) for line in told} == MARKED


def run(checker: str, *options: str) -> str:
    """What the type checker prints of the mistakes. It is not asked whether it is the newest."""
    return subprocess.run(
        [sys.executable, "-m", checker, *options, str(MISTAKES)],
        capture_output=True,
        text=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYRIGHT_PYTHON_IGNORE_WARNINGS": "1"},
    ).stdout
