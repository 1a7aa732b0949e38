"""Servings on DynamoDB: one GetItem; apart from the registry, so that predict loads and may do nothing else."""

from typing import TYPE_CHECKING

from shared.adapters.clients import answering, client
from shared.domain import record
from shared.domain.head import unknown_model
from shared.domain.serving import Serving

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient


class DynamoServings:
    """The serving records of a table that `dynamodb_registry` writes."""

    def __init__(self, table: str) -> None:
        self._table = table
        self._client: DynamoDBClient = client("dynamodb")

    def serving(self, name: str) -> Serving:
        """Which versions answer now; raises NotFound for an unknown model, Unavailable."""
        key = {"PK": {"S": f"MODEL#{name}"}, "SK": {"S": "SERVING"}}
        with answering("the registry"):
            answer = self._client.get_item(TableName=self._table, Key=key, ConsistentRead=True)
        if "Item" not in answer:
            raise unknown_model(name)
        return record.read(Serving, answer["Item"]["body"]["S"])
