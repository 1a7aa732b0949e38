"""Text that is YAML 1.2 or JSON, read as plain data that remembers its lines.

Grammar 7: no anchors, no aliases, no tags, no key twice. Scalars follow YAML's core schema (1.2, section 10.3.2), so
that `no` is a word and a date is a text.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError
from ruamel.yaml.events import (
    AliasEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    Event,
    MappingStartEvent,
    NodeEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)
from ruamel.yaml.reader import ReaderError

from shared.domain.errors import Problem, SpecRefused
from shared.domain.spec.problems import clipped, pointer, problem

LARGEST = 65_536
DEEPEST = 16

Plain = object
"""None, a bool, int, float, str, list or dict of the same."""

_SCALARS: tuple[tuple[re.Pattern[str], Callable[[str], Plain]], ...] = (
    (re.compile(r"null|Null|NULL|~|"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?[0-9]{1,300}"), int),
    (re.compile(r"0o[0-7]{1,300}"), lambda text: int(text, 0)),
    (re.compile(r"0x[0-9a-fA-F]{1,300}"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?"), float),
    (re.compile(r"[-+]?\.(inf|Inf|INF)|\.nan|\.NaN|\.NAN"), lambda text: float(text.replace(".", ""))),
)


@dataclass(frozen=True, slots=True)
class Document:
    """Plain data, the line of each setting by JSON pointer, and what the text should not have held."""

    data: Plain
    lines: Mapping[str, int]
    problems: tuple[Problem, ...]

    def line(self, where: str) -> int:
        """The line of a setting, or of the nearest one around it."""
        while where not in self.lines and where:
            where = where.rpartition("/")[0]
        return self.lines.get(where, 1)


def parsed(text: str) -> Document:
    """The text's data with its lines; raises SpecRefused when it is too large, too deep or neither YAML nor JSON."""
    size = len(text.encode(errors="surrogatepass"))
    if size > LARGEST:
        raise _refused("larger than a spec may be", f"{size:,} bytes", f"at most {LARGEST:,} bytes")
    try:
        reading = _Reading(YAML(typ="safe", pure=True).parse(text.removeprefix("\ufeff")))
        return reading.document()
    except MarkedYAMLError as error:
        raise _refused("neither YAML nor JSON", *_seen(error)) from None
    except ReaderError as error:
        got, line = f"#x{error.character:04x}", text.count("\n", 0, error.position) + 1
        raise _refused("a character that no text has", got, "printable characters", "take it out", line) from None
    except (ValueError, OverflowError) as error:  # an escape beyond Unicode, or half a pair of escapes
        raise _refused("an escape that is no character", str(error), "such as \\u00e9", "write the character") from None


def _seen(error: MarkedYAMLError) -> tuple[str, str, str, int]:
    """Got, expected, fix and line of a syntax error, from the parser's words."""
    mark = error.problem_mark or error.context_mark
    said = " ".join(str(word) for word in (error.context, error.problem) if word)
    fix = "indent with spaces" if "\\t" in said else "look at the indentation and the quotes near this line"
    return said, "YAML 1.2, or JSON", fix, mark.line + 1 if mark else 0


def _refused(detail: str, got: str, expected: str = "", fix: str = "", line: int = 0) -> SpecRefused:
    return SpecRefused(detail, Problem("", detail, clipped(got), clipped(expected), fix, line))


class _Reading:
    """One pass over the parser's events, which come in the order of the text."""

    def __init__(self, events: Iterator[Event]) -> None:
        self._events = events
        self._lines: dict[str, int] = {}
        self._problems: list[Problem] = []

    def document(self) -> Document:
        """The one document of the text."""
        next(self._events)
        data: Plain = None
        if isinstance(start := next(self._events), DocumentStartEvent):
            if start.version not in (None, (1, 2)):
                raise _refused("another YAML", f"%YAML {start.version}", "YAML 1.2", "take the line out", 1)
            data = self._node(next(self._events), ())
            next(self._events)
            if not isinstance(end := next(self._events), StreamEndEvent):
                raise _refused("more than one document", "---", "one spec a file", "cut here", _line(end))
        return Document(data, self._lines, tuple(self._problems))

    def _node(self, event: Event, where: tuple[object, ...]) -> Plain:
        self._lines.setdefault(pointer(*where), _line(event))
        self._plain_only(event, where)
        if isinstance(event, ScalarEvent):
            return _scalar(event)
        if isinstance(event, CollectionStartEvent) and len(where) >= DEEPEST:
            raise _refused("deeper than a spec can be", f"{DEEPEST} levels", "3 or 4 levels", "", _line(event))
        if isinstance(event, MappingStartEvent):
            return self._mapping(where)
        return None if isinstance(event, AliasEvent) else self._sequence(where)

    def _mapping(self, where: tuple[object, ...]) -> Plain:
        mapping: dict[str, Plain] = {}
        while isinstance(key := next(self._events), NodeEvent):
            if not isinstance(key, ScalarEvent):
                raise _refused("a name that is no text", "a list or mapping", "a name", "", _line(key))
            name = _text(key)
            setting = (*where, name)
            if name in mapping:
                fix = f"keep it here or in line {self._lines[pointer(*setting)]}"
                self._find(key, setting, "said twice", name, "each setting once", fix)
            self._lines.setdefault(pointer(*setting), _line(key))
            self._plain_only(key, setting)
            value = self._node(next(self._events), setting)
            mapping.setdefault(name, value)
        return mapping

    def _sequence(self, where: tuple[object, ...]) -> Plain:
        sequence: list[Plain] = []
        while not isinstance(event := next(self._events), SequenceEndEvent):
            sequence.append(self._node(event, (*where, len(sequence))))
        return sequence

    def _plain_only(self, event: Event, where: tuple[object, ...]) -> None:
        """A problem for an alias, an anchor or a tag: a spec says what it means where it stands."""
        fix = "write the value itself"
        if isinstance(event, AliasEvent):
            self._find(event, where, "an alias", f"*{event.anchor}", "a value", fix)
        elif isinstance(event, NodeEvent) and event.anchor:
            self._find(event, where, "an anchor", f"&{event.anchor}", "no anchors", "take it out")
        if isinstance(event, ScalarEvent | CollectionStartEvent) and event.tag:
            self._find(event, where, "a tag", event.tag, "no tags", "take it out")

    def _find(self, event: Event, where: tuple[object, ...], *words: str) -> None:
        detail, got, expected, fix = words
        found = problem(where, detail, got=got, expected=expected, fix=fix)
        self._problems.append(replace(found, line=_line(event)))


def _line(event: Event) -> int:
    return int(event.start_mark.line) + 1


def _text(event: ScalarEvent) -> str:
    """The scalar's text; JSON writes characters beyond the first plane as a pair of escapes."""
    return str(event.value).encode("utf-16", "surrogatepass").decode("utf-16")


def _scalar(event: ScalarEvent) -> Plain:
    text = _text(event)
    if not event.implicit[0] or event.style:  # quoted, or a block
        return text
    return next((convert(text) for pattern, convert in _SCALARS if pattern.fullmatch(text)), text)
