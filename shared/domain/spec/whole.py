"""The whole spec: its sections in the wheel's order, and what stands above them."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field, model_validator

from shared.domain.names import ModelName
from shared.domain.spec.data import Data
from shared.domain.spec.defaults import by_task
from shared.domain.spec.deploy import Deploy
from shared.domain.spec.evaluate import Evaluate
from shared.domain.spec.monitor import Monitor
from shared.domain.spec.notify import Notify
from shared.domain.spec.parts import SECTION, wrong
from shared.domain.spec.predict import Predict
from shared.domain.spec.retire import Retire
from shared.domain.spec.task import Task
from shared.domain.spec.train import Train


def _form(given: object) -> object:
    # Python holds True and 1.0 for 1.
    if type(given) is not int or given != 1:
        raise wrong("no form of spec that this Treadle reads", "1", "write spec: 1")
    return given


class Spec(BaseModel):
    """What a model is made of and how it is run. Resolved: every default is written out."""

    model_config = SECTION
    spec: Annotated[Literal[1], BeforeValidator(_form)] = Field(description="The form of this file.")
    model: ModelName = Field(
        description="The model's name: a lower-case letter, then letters, digits or dashes, 40 at most.",
        json_schema_extra={"pattern": "^[a-z][a-z0-9-]{0,39}$"},
    )
    about: str = Field("", max_length=500, description="The question that the model answers, for people.")
    task: Annotated[Task, Field(strict=False)] = Field(description="What kind of answer it gives.")
    metric: str = Field(
        "", description="What the search climbs and every report leads with; by default the task's first."
    )
    data: Data = Field(description="What a row is, which rows are good, and how they are told apart.")
    train: Train = Field(default_factory=Train, description="Which candidates are searched, and how far.")
    evaluate: Evaluate = Field(
        default_factory=Evaluate, description="On which rows a candidate is judged, against which limits."
    )
    deploy: Deploy = Field(default_factory=Deploy, description="How a version takes over.")
    predict: Predict = Field(default_factory=Predict, description="How much is captured, and for how long it is kept.")
    monitor: Monitor = Field(
        default_factory=Monitor, description="How often and over which window drift is looked for."
    )
    retire: Retire = Field(default_factory=Retire, description="How a version goes that was replaced.")
    notify: Notify = Field(description="Who is told.")
    _by_task = model_validator(mode="before")(by_task)
