"""Every table: companies, people, the register of records, and the modules."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from alembic import op

SCRIPT = Path(__file__).with_suffix(".sql")

# Until the first release this script is rewritten as tables change. Named by what it says, it does
# not take a database for its own that another one made.
revision = f"0001_{sha256(SCRIPT.read_bytes()).hexdigest()[:8]}"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    script = SCRIPT.read_text()
    # The driver takes a script of many statements; SQLAlchemy, one at a time.
    connection = op.get_bind().connection.dbapi_connection
    connection.run_async(lambda driver: driver.execute(script))  # type: ignore[union-attr]


def downgrade() -> None:
    raise NotImplementedError("the first migration has nothing before it")
