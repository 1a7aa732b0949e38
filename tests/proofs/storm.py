"""A storm: a fifth of all AWS calls of all functions is refused in passing, while callers go on asking."""

import threading
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.proofs.plan import Act, Fault
from tests.proofs.small import data
from tests.proofs.small.caller import Caller, Seen, Sent, Unfinished
from treadle.profile import Profile
from treadle.tokens import cache

A_CALL, PAUSE_S, LONGEST_S = 5, 0.25, 1800.0

STORM = (
    ("dynamodb", "", "ThrottlingException", 400, 0.05),
    ("dynamodb", "", "ProvisionedThroughputExceededException", 400, 0.05),
    ("dynamodb", "", "InternalServerError", 500, 0.05),
    ("dynamodb", "TransactWriteItems", "TransactionCanceledException", 400, 0.07),
    ("dynamodb", "TransactGetItems", "TransactionCanceledException", 400, 0.07),
    ("s3", "", "SlowDown", 503, 0.1),
    ("s3", "", "InternalError", 500, 0.11),
    *((service, "", "ThrottlingException", 400, 0.1) for service in ("eventbridge", "sfn", "sns", "sqs")),
    *((service, "", "InternalFailure", 500, 0.11) for service in ("eventbridge", "sfn", "sns", "sqs")),
)
"""Service and operation ("" = any), code, status, and the share of the calls that the lines before let pass: a fifth in
all, of transactions a little more."""


def storm(seed: int, until: float) -> tuple[Fault, ...]:
    """The faults of a storm that ends at this epoch second."""
    return tuple(
        Fault(
            Act.ERROR,
            service=service,
            operation=operation,
            code=code,
            status=status,
            share=share,
            until=until,
            seed=seed * len(STORM) + number,
        )
        for number, (service, operation, code, status, share) in enumerate(STORM)
    )


@dataclass(slots=True)
class Crowd:
    """Callers who ask a model that serves again and again, until they are told to go."""

    here: Profile
    model: str
    seen: Seen
    rows: Counter[int] = field(default_factory=Counter)
    gone: threading.Event = field(default_factory=threading.Event)

    def ask(self) -> None:
        """Until everybody is gone; who is not answered at all says so, and goes."""
        caller = Caller(self.here, cache(self.here), time.monotonic() + LONGEST_S, self.seen)
        given = Sent(json={"instances": list(data.asked(self.model, A_CALL))})
        try:
            while not self.gone.wait(PAUSE_S):
                answer = caller.ask("POST", "/models/{model}/predict", {"model": self.model}, given)
                self.rows.update(each["version"] for each in answer["predictions"])
        except Unfinished as why:
            self.seen.unasked_for.append(str(why))
        finally:
            caller.close()
