"""Evaluate: a Lambda function."""
