"""Retire: a Lambda function."""
