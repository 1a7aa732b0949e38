"""The registry on DynamoDB: one table, one transaction a decision.

PK=MODEL#m  HEAD · SERVING · SERVED#<revision> · SPEC#<n> VERSION#<n> DATASET#<id> RUN#<id> STEP#<run>#<name>
            UPLOAD#<id> · AUDIT#<revision> · COMMAND#<id>          PK=STRAY  UPLOAD#<id> (for no model)
body        what it is, as JSON; never written twice but for the head and the serving record
state since reason_code reason_detail       where it stands; these win over the body
GSI1        lists, by instant and id: MODELS, MODEL#m#RUN, STRAY#UPLOAD …       GSI2        OPEN: the open runs
"""

from shared.adapters.dynamodb_registry.registry import DynamoRegistry

__all__ = ["DynamoRegistry"]
