"""The log: one line an event, as JSON or for people, with the ids of request and operation.

Nothing of what clients send is logged. Should a secret get into a line all the same, by the text of
an error, it is blotted out.
"""

from __future__ import annotations

import logging
import re
from typing import Any, Final

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from db.settings import Settings

SECRETS: Final = re.compile(
    r"(?<=://)[^/\s@]+:[^/\s@]*(?=@)"  # name and password in an address
    r"|eyJ[\w-]+\.[\w-]+\.[\w-]*"  # a signed token (RFC 7519)
    r"|(?i:(?<=bearer )\S+)"
    r"|\bfiches_[\w-]{16,}"  # keys of programs
    r"|(?m:^DETAIL: .*$)"  # of PostgreSQL: the row at fault
)
BLOT: Final = "[…]"


def blotted(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Secrets in texts, made unreadable."""
    event.pop("color_message", None)  # uvicorn's, the same once more
    for key, value in event.items():
        if isinstance(value, str):
            event[key] = SECRETS.sub(BLOT, value)
    return event


def formatter(*, json: bool) -> logging.Formatter:
    """What turns records of every logger into lines."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.ExtraAdder(),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
    ]
    last: Processor = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if json
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=shared,
        processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, blotted, last],
    )


def configuration(settings: Settings) -> dict[str, Any]:
    """For `logging.config.dictConfig`, in every worker."""
    level = settings.log_level.upper()
    own = {"handlers": ["lines"], "level": level, "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {"()": "graph.logs.formatter", "json": settings.log_format == "json"}
        },
        "handlers": {
            "lines": {
                "class": "logging.StreamHandler",
                "formatter": "lines",
                "stream": "ext://sys.stderr",
            }
        },
        "loggers": dict.fromkeys(("uvicorn", "uvicorn.access", "fiches"), own),
    }
