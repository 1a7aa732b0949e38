"""What every section of a spec is made of: strict, frozen, nothing unknown, every setting described."""

import re
from collections.abc import Callable, Mapping
from typing import Annotated, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Discriminator, Field, Tag, WithJsonSchema, model_validator
from pydantic.config import JsonDict
from pydantic_core import PydanticCustomError

T = TypeVar("T")

# Deferred: who only wants a name of the spec's does not wait for its validators.
SECTION = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, defer_build=True)
"""The one configuration of every section."""


def wrong(detail: str, expected: str, fix: str = "") -> PydanticCustomError:
    """What a validator raises: the fields of a `Problem`, which `problems.explained` takes out again."""
    words = {"detail": detail, "expected": expected, "fix": fix}
    return PydanticCustomError("refused", "{detail}: expected {expected}", words)


def must(holds: Callable[[T], bool], detail: str, expected: str) -> AfterValidator:
    """A condition on a value, with the words to say when it does not hold."""

    def check(value: T) -> T:
        if not holds(value):
            raise wrong(detail, expected)
        return value

    return AfterValidator(check)


def matching(pattern: str, detail: str, expected: str) -> AfterValidator:
    """A condition on a text: the whole of it matches (no trailing newline slips through)."""
    return must(lambda text: isinstance(text, str) and re.fullmatch(pattern, text) is not None, detail, expected)


def matched(pattern: str, *examples: str) -> WithJsonSchema:
    """The same condition in the JSON schema."""
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$", "examples": list(examples)})


def short(setting: str) -> Callable[[object], object]:
    """Grammar 3: a scalar is short for the main setting (`carrier: category`); for a `before` validator."""

    def lengthened(given: object) -> object:
        return given if isinstance(given, Mapping | BaseModel) else {setting: given}

    return lengthened


def shortened(setting: str) -> ConfigDict:
    """The configuration of a section that has a short form, which its JSON schema then allows as well."""

    def both_forms(schema: JsonDict) -> None:
        whole, properties = dict(schema), schema["properties"]
        schema.clear()
        schema["anyOf"] = [properties[setting] if isinstance(properties, dict) else {}, whole]

    return SECTION | ConfigDict(json_schema_extra=both_forms)


_COLUMN = "[A-Za-z_][A-Za-z0-9_]{0,62}"
ColumnName = Annotated[
    str,
    matching(_COLUMN, "no name of a column", "a letter or _, then up to 62 letters, digits or _"),
    matched(_COLUMN, "carrier"),
]
"""A column's name, as it stands in the file's header."""


class Value(BaseModel):
    """A fixed value to put in the place of another."""

    model_config = SECTION
    value: float | str = Field(description="The number or text to put there.")


class AtLeast(BaseModel):
    """A lower limit on a number of rows. Short form: the number alone."""

    model_config = shortened("min")
    min: int = Field(ge=0, le=1_000_000_000, description="The smallest number of rows that will do, inclusive.")
    _short = model_validator(mode="before")(short("min"))


Word = Literal["reject", "keep", "clip", "median", "mode"]


def _form(given: object) -> str:
    # Angle brackets mark a tag in an error's location: no setting's name has them.
    return "<value>" if isinstance(given, Mapping | Value) else "<word>"


WORD, VALUE = Tag("<word>"), Tag("<value>")
WORD_OR_VALUE = Discriminator(_form)

Fill = Annotated[Annotated[Word, WORD] | Annotated[Value, VALUE], WORD_OR_VALUE]
"""What happens to a value that is missing, unseen or outside; reject refuses the row (in predict: 422)."""
