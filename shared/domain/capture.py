"""Capture: the lines that predict and feedback leave in their log, from which everything is watched and learned.

A line is one JSON object of at most `LONGEST` bytes; a call of many rows leaves several lines, each whole in itself.

    {"captured": MODEL, "at": ms, "revision": n, "caller": ID,
     "rows": [{"id": prd_…, "arm": "2h", "failed": true, "score": …, "cells": {column: value}}, …]}
    {"outcomes": MODEL, "at": ms, "caller": ID, "rows": [{"id": prd_…, "actual": value}, …]}

`revision` is the serving record's. `arm` is the version and role that the row was dealt to; where that arm failed,
`failed` is there and the id names the one that answered instead. `score` is the probability of the positive class,
the list of class probabilities, or the value. `cells` are as the caller sent them, private columns hashed or left out.
`actual` is in the target column's unit; null says that the outcome never came to be.
"""

PREDICTED, FED_BACK = "captured", "outcomes"
"""The first key of a line says what it is; log subscriptions match it."""

LONGEST = 200_000
"""Bytes of a line: a log event takes 256 kB."""

PREFIX = "captured/"
"""Where the delivery stream puts them: captured/yyyy/MM/dd/HH/."""
