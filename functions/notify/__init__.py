"""Notify: a Lambda function."""
