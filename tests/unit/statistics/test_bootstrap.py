"""Drawing tables is drawing rows."""

import numpy as np
import pytest

from shared.statistics import bootstrap, confusion
from tests.unit.statistics.samples import binary, noisier


def seeded() -> np.random.Generator:
    return np.random.default_rng(9)


def test_the_interval_is_that_of_drawing_rows_one_by_one() -> None:
    cells = confusion.cells(binary(250), 2)
    drawn = cells[seeded().integers(250, size=(4000, 250))]
    tables = np.stack([(drawn == cell).sum(axis=1) for cell in range(4)], axis=1).astype(np.float64)
    low, high = np.quantile(confusion.f1(tables), (0.025, 0.975))
    found = bootstrap.estimate(confusion.f1, cells, 4, seeded(), 0.95)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.012)


def test_a_seeded_generator_gives_the_same_interval_again() -> None:
    cells = confusion.cells(binary(250), 2)
    once, again = (bootstrap.estimate(confusion.recall, cells, 4, seeded(), 0.95) for _ in range(2))
    assert once == again


def test_the_same_rows_are_drawn_for_both_sides() -> None:
    left = binary(400)
    cells, others = (confusion.cells(each, 2) for each in (left, noisier(left)))
    paired = bootstrap.difference(confusion.precision, cells, others, 4, seeded(), 0.95)
    alone = bootstrap.estimate(confusion.precision, cells, 4, seeded(), 0.95)
    assert paired.high - paired.low < alone.high - alone.low


def test_a_row_outside_counts_on_no_side() -> None:
    cells = confusion.cells(binary(300), 2)
    inside = np.where(np.arange(300) < 100, cells, bootstrap.OUTSIDE)
    table = np.bincount(cells[:100], minlength=4).astype(np.float64)
    assert bootstrap.estimate(confusion.f1, inside, 4, seeded(), 0.95).value == confusion.f1(table)


def test_many_cells_are_drawn_in_blocks() -> None:
    cells = np.arange(2500)
    found = bootstrap.estimate(lambda tables: tables.sum(axis=-1), cells, 2500, seeded(), 0.95)
    assert found == (2500, 2500, 2500)
