"""Place: what the path of a call names, held to the patterns of names and ids before anything is read."""

import re
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from shared.domain.errors import NameRefused
from shared.domain.names import ModelName, is_id
from shared.domain.prediction import parse

_ULID = "[0-9A-HJKMNP-TV-Z]{26}"


def _id(prefix: str) -> AfterValidator:
    """A whole id of one noun."""

    def whole(text: str) -> str:
        if not is_id(prefix, text):
            raise ValueError(f"expected {prefix}_ and 26 letters or digits")
        return text

    return AfterValidator(whole)


def _counted(text: object) -> int:
    """Versions and specs count from 1, written without zeros in front."""
    if not isinstance(text, str) or re.fullmatch("[1-9][0-9]{0,8}", text) is None:
        raise ValueError("expected a number from 1")
    return int(text)


def _prediction(text: str) -> str:
    """A whole id of a prediction, which carries more than a ULID."""
    try:
        return str(parse(text))
    except NameRefused as refused:
        raise ValueError(f"expected {refused.problems[0].expected}") from refused


def _written(pattern: str) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "pattern": f"^{pattern}$"})


Number = Annotated[int, BeforeValidator(_counted), WithJsonSchema({"type": "integer", "minimum": 1})]

DatasetId = Annotated[str, _id("ds"), _written(f"ds_{_ULID}")]


class Place(BaseModel):
    """Each part of a path that a route names; a route fills only its own."""

    model_config = ConfigDict(frozen=True)
    model: Annotated[ModelName, _written("[a-z][a-z0-9-]{0,39}")] = ""
    version: Number = 0
    spec: Number = 0
    run: Annotated[str, _id("run"), _written(f"run_{_ULID}")] = ""
    dataset: DatasetId = ""
    upload: Annotated[str, _id("up"), _written(f"up_{_ULID}")] = ""
    prediction: Annotated[
        str,
        AfterValidator(_prediction),
        _written(f"prd_[a-z][a-z0-9-]{{0,39}}_[1-9][0-9]{{0,8}}[chsp]_{_ULID}_[0-9]{{1,6}}"),
    ] = ""
