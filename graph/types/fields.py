"""Writing a GraphQL type field by field, for types that are made rather than written."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from functools import lru_cache
from inspect import Parameter, Signature, unwrap
from typing import Annotated, Any, get_args

import strawberry
from strawberry import Info
from strawberry.schema.name_converter import NameConverter
from strawberry.types.arguments import InputContext
from strawberry.types.field import StrawberryField

from db.declare import Label

EXPECTED = "The version your change is based on: changes by others to other fields are kept."
EXPECTED_LAYOUT = "The version of the layout your change is based on; refused if there is another."
KEY = "Names the request: sent again within a day, it is not done again but answered again."


class Fields:
    """The fields of one type, gathered, then written onto its class by `build`."""

    def __init__(self) -> None:
        self._annotations: dict[str, Any] = {}
        self._fields: dict[str, StrawberryField] = {}

    def add(self, field: str, annotation: Any, description: str, **options: Any) -> None:
        self._annotations[field] = annotation
        self._fields[field] = strawberry.field(description=description, **options)

    def maybe(self, field: str, annotation: Any, description: str, **options: Any) -> None:
        """Add an input field which may be left out: it is then UNSET."""
        self.add(field, annotation | None, description, default=strawberry.UNSET, **options)

    def resolve(
        self,
        field: str,
        annotation: Any,
        resolver: Callable[..., Any],
        description: str,
        **options: Any,
    ) -> None:
        self._annotations[field] = annotation
        typed = annotate(resolver, **{"return": annotation})
        self._fields[field] = strawberry.field(resolver=typed, description=description, **options)

    def build(self, cls: type, decorate: Callable[..., type], **options: Any) -> None:
        cls.__annotations__ = self._annotations
        for name, field in self._fields.items():
            setattr(cls, name, field)
        decorate(cls, **options)
        definition = cls.__strawberry_definition__  # type: ignore[attr-defined]
        if definition.is_input:
            definition.from_input = as_sent


def as_sent(cls: type, sent: Mapping[str, Any], context: InputContext) -> Any:
    """An input made of what was sent, where Strawberry would look at each field that it has.

    What was left out is told by the class: UNSET, the default that such fields have.
    """
    made: Any = object.__new__(cls)
    fields = _input_fields(cls, context.config.name_converter)
    for name, value in sent.items():
        attribute, type_ = fields[name]
        setattr(made, attribute, context.convert(value, type_, name))
    return made


@lru_cache(maxsize=4096)
def _input_fields(cls: type, converter: NameConverter) -> Mapping[str, tuple[str, Any]]:
    """By its name in the schema, the attribute and the type of each field of an input."""
    definition = cls.__strawberry_definition__  # type: ignore[attr-defined]
    return {
        converter.from_field(each): (
            each.python_name,
            each.resolve_type(type_definition=definition),
        )
        for each in definition.fields
    }


def resolved(resolver: Callable[..., Any], description: str) -> Any:
    """A field of a type written by hand; its type is the annotation, not the resolver's."""
    return strawberry.field(resolver=resolver, description=description)


def annotate(resolver: Callable[..., Any], **annotations: Any) -> Callable[..., Any]:
    """Tell Strawberry the types of a resolver made by a factory."""
    # Strawberry reads the signature of what a decorated resolver wraps.
    for each in (resolver, unwrap(resolver)):
        each.__annotations__ = {**each.__annotations__, **annotations}
    return resolver


def taking(resolver: Callable[..., Any], **arguments: Any) -> Callable[..., Any]:
    """Tell Strawberry the arguments of a resolver that takes any: those that may be null are UNSET
    where they are left out.
    """
    own = [Parameter("info", Parameter.KEYWORD_ONLY, annotation=Info)]
    for name, annotation in arguments.items():
        default = strawberry.UNSET if nullable(annotation) else Parameter.empty
        own.append(Parameter(name, Parameter.KEYWORD_ONLY, default=default, annotation=annotation))
    made: Any = resolver
    made.__signature__ = Signature(own)
    return resolver


def nullable(annotation: Any) -> bool:
    """Whether a type, as `described` gives it, takes null."""
    return type(None) in get_args(get_args(annotation)[0])


def described(annotation: Any, description: str, name: str | None = None) -> Any:
    """An argument's type with the argument's description, and its name where Python has none."""
    return Annotated[annotation, strawberry.argument(description=description, name=name)]


def enumerated(values: type[Enum], description: str, about: Mapping[str, str]) -> None:
    """Make an enum declared in db a GraphQL one; `about` describes each value, by its name."""
    made: Any = strawberry.enum(values, description=description)
    for value in made.__strawberry_definition__.values:
        value.description = about[value.name]


def of(generic: Any, argument: Any) -> Any:
    """`generic[argument]`, for an argument only known at run time."""
    return generic[argument]


def shown(label: Label) -> str:
    """A label as descriptions have it: English, then French where it differs."""
    return label.en if label.en == label.fr else f"{label.en} ({label.fr})"
