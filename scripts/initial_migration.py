"""Write the first migration anew from the declarations. Of use until the first release only."""

from __future__ import annotations

from pathlib import Path

from db.ddl import script
from db.modules import MODULES, PARTS
from db.suite import Suite

TARGET = Path(__file__).parent.parent / "db/migrations/versions/0001_initial.sql"

if __name__ == "__main__":
    TARGET.write_text(script(Suite(MODULES, PARTS)))
