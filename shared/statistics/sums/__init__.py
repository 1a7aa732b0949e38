"""Sums of answers, one file a task: what a row adds, and what any number of rows' sums say of a metric."""
