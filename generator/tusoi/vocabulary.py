"""The words of a profile in the schemas: what a schema leaves to the profile is filled in, so that every page, template and message speaks the same words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

from tusoi.profile import Profile
from tusoi.record import Kind


def worded(kind: Kind, profile: Profile) -> Kind:
    """Give a kind whose schema has the profile's words."""
    schema = _filled(kind.schema, profile, kind.name)
    return replace(kind, schema=schema, words=_named(kind.words, profile, kind.name))


def _filled(schema: Any, profile: Profile, name: str) -> Any:
    """Fill in a schema; `name` is how a profile would name the place: `organisation.type`."""
    if isinstance(schema, tuple):
        return tuple(_filled(each, profile, name) for each in schema)
    if not isinstance(schema, Mapping):
        return schema
    filled = {key: value if key.startswith("x-") else _filled(value, profile, name) for key, value in schema.items() if key != "properties"}
    filled |= {key: profile.reworded(schema[key]) for key in ("title", "description") if isinstance(schema.get(key), str)}
    if "properties" in schema:
        filled["properties"] = MappingProxyType({key: _filled(value, profile, f"{name}.{key}") for key, value in schema["properties"].items()})
    if vocabulary := schema.get("x-vocabulary"):
        filled["x-words"] = MappingProxyType(profile.meanings(str(vocabulary)))
    elif "x-words" in schema:
        filled["x-words"] = MappingProxyType({word: _named(words, profile, f"{name}.{word}") for word, words in schema["x-words"].items()})
    if "x-part" in schema:
        part = schema["x-part"]
        filled["x-part"] = MappingProxyType({**part, "words": _named(part.get("words", {}), profile, part["kind"])})
    if "x-kind" in schema and (own := profile.label(name)):
        filled["title"] = own
        filled["x-en"] = MappingProxyType({**schema.get("x-en", {}), "title": profile.label(name, "en")})
    return MappingProxyType(filled)


def _named(words: Mapping[str, str], profile: Profile, name: str) -> Mapping[str, str]:
    """Give the profile's own name, or the words as they are."""
    if own := profile.label(name):
        return MappingProxyType({**words, "vi": own, "en": profile.label(name, "en")})
    return MappingProxyType({**words, "vi": profile.reworded(words["vi"])}) if "vi" in words and profile.terms else words
