"""Tick: a Lambda function."""
