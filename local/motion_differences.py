"""Where what moves here (functions, gateway, clockwork) differs from AWS; rows of `differences`."""

from __future__ import annotations

from local.differences import Difference

_UNIT = "tests/unit/local_motion/"
_CONTRACT = "tests/contract/"

MOTION: tuple[Difference, ...] = (
    Difference(
        "scratch-disk",
        "each execution environment has a /tmp of its own",
        "all workers share one folder, which is empty when the cloud starts",
        _CONTRACT + "test_embedded_cloud.py::test_the_workers_disk_belongs_to_the_cloud",
    ),
    Difference(
        "tempo-schedules",
        "rate() and cron() follow the clock",
        "they follow a clock that runs tempo times as fast; a missed interval is not made up for",
        _UNIT + "test_schedules.py::test_at_tempo_sixty_a_minute_is_a_second",
    ),
    Difference(
        "tempo-alarms",
        "an alarm's period is what the template says",
        "it is divided by the tempo; metrics have their real instants",
        _UNIT + "test_evaluation.py::test_at_tempo_sixty_a_minute_is_a_second",
    ),
    Difference(
        "tempo-delivery",
        "Firehose delivers at its buffer's interval or size, compressed if told so",
        "at the interval divided by the tempo, at no size, never compressed",
        _CONTRACT + "test_clockwork.py::test_subscribed_lines_become_an_object_of_their_hour",
    ),
    Difference(
        "delivery-processors",
        "lines of logs reach Firehose packed, and stay so unless its processors unpack them",
        "they are handed on as lines; a stream without these processors is refused at the start",
        _CONTRACT + "test_creators_of_watching.py::test_a_stream_that_would_write_packed_lines_on_aws_is_refused",
    ),
    Difference(
        "delivery-end",
        "what Firehose has taken in is delivered",
        "it is delivered when the cloud ends; one that is killed loses what was still in the buffer",
        _CONTRACT + "test_nothing_is_lost.py::test_what_was_captured_last_is_delivered_when_the_cloud_ends",
    ),
    Difference(
        "alarm-queries",
        "alarms take queries in SQL, over metrics with any dimensions",
        "one form is known, SELECT f(metric) FROM namespace GROUP BY dimension, over metrics with that dimension alone",
        _UNIT + "test_insights.py::test_a_contributor_is_a_value_of_the_dimension_that_the_metric_has_alone",
    ),
    Difference(
        "alarm-contributors",
        "an alarm on a query tells of itself and of each of its series",
        "it tells of each series, once a transition",
        _UNIT + "test_insights.py::test_a_second_model_rings_by_itself_while_the_first_still_does",
    ),
    Difference(
        "alarm-window",
        "an alarm looks back further than its periods where data is missing",
        "it judges exactly its last complete periods",
        _UNIT + "test_evaluation.py::test_the_period_that_is_not_over_does_not_count",
    ),
    Difference(
        "service-metrics",
        "every service has metrics of its own",
        "Lambda's are; queue lengths and ends of executions are read for alarms, every 5 to 60 s",
        _CONTRACT + "test_clockwork.py::test_a_long_dead_letter_queue_is_an_alarm",
    ),
    Difference(
        "concurrency",
        "beyond its concurrency a function is throttled (429)",
        "it has as many workers as the machine has cores, at least two; more calls wait their turn",
        _CONTRACT + "test_workers.py::test_calls_beyond_the_cores_wait_their_turn",
    ),
    Difference(
        "memory",
        "all that runs in a function's sandbox shares its memory, and what goes over it is killed at once",
        "a worker's resident memory is looked at ten times a second while it works; its children are not counted",
        _CONTRACT + "test_memory.py::test_a_function_over_its_memory_is_killed_with_the_words_of_aws",
    ),
    Difference(
        "cpu",
        "a function's CPU share follows its memory",
        "all share the host's cores; those that may run 5 minutes or longer give way to the rest",
        _CONTRACT + "test_workers.py::test_a_trainer_is_nicer_than_the_rest",
    ),
    Difference(
        "events-in-flight",
        "an asynchronous call is kept until it is done",
        "it is kept in memory: one that runs or waits for a retry is lost when the cloud ends",
        _CONTRACT + "test_workers.py::test_an_event_in_flight_is_lost_with_its_front",
    ),
    Difference(
        "queue-pollers",
        "five pollers read a queue for a function, more under load",
        "one does, with one batch in flight",
        _CONTRACT + "test_clockwork.py::test_a_queue_has_one_batch_in_flight",
    ),
    Difference(
        "platform-log-lines",
        "a log group has START, END and REPORT lines",
        "it has what the function printed, why a call was killed or its worker ended, and REPORT where memory ran out",
        _CONTRACT + "test_clockwork.py::test_a_log_group_has_no_lines_of_the_platform",
    ),
    Difference(
        "tls",
        "an HTTP API speaks HTTPS",
        "the front speaks HTTP on loopback, and says so in x-forwarded-proto",
        _UNIT + "test_payload.py::test_the_front_speaks_plain_http_and_says_so",
    ),
    Difference(
        "issuer",
        "tokens are signed by the user pool's keys, found at its issuer",
        "they carry the pool's issuer but are signed with a key of this machine, found at the front",
        _UNIT + "test_authorizer.py::test_a_token_of_the_local_issuer_passes",
    ),
    Difference(
        "token-endpoint",
        "Cognito's token endpoint knows several grants",
        "the front's knows client_credentials alone",
        _UNIT + "test_tokens.py::test_what_is_wrong_is_named_as_cognito_names_it",
    ),
    Difference(
        "worker-environment",
        "a function runs in a sandbox of its own",
        "a worker is a process of this user that gets AWS's variables and nothing of the shell's but its paths",
        _CONTRACT + "test_workers.py::test_a_worker_knows_nothing_of_the_shell_that_started_the_cloud",
    ),
)
