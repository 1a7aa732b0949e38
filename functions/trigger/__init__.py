"""Trigger: a Lambda function."""
