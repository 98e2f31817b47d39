"""Traces, where OpenTelemetry is installed (`pip install 'fiches[otel]'`) and told where to send
them by its own variable, `OTEL_EXPORTER_OTLP_ENDPOINT`. Without either, nothing happens.

A span is named for the kind of its operation alone, as the conventions for GraphQL ask: names that
clients choose are unbounded. It never carries a document or a variable.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

try:
    from opentelemetry import propagate, trace
except ImportError:  # pragma: no cover
    trace = None  # type: ignore[assignment]


@contextmanager
def span(headers: Mapping[str, str]) -> Iterator[Any]:
    """A span around one operation, below the caller's where `traceparent` names one; None where
    nothing is traced.
    """
    if trace is None or isinstance(trace.get_tracer_provider(), trace.ProxyTracerProvider):
        yield None
        return
    above = propagate.extract(headers)
    tracer = trace.get_tracer("fiches")
    with tracer.start_as_current_span("operation", above, kind=trace.SpanKind.SERVER) as made:
        yield made if made.is_recording() else None


@contextmanager
def sending() -> Iterator[None]:
    """Send spans while it lasts, if that is configured."""
    if trace is None or not os.environ.get("OTEL_EXPORTER_OTLP_ENDPOINT"):
        yield
        return
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor

    provider = TracerProvider(resource=Resource.create({"service.name": "fiches"}))
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    try:
        yield
    finally:
        provider.shutdown()
