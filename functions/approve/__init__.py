"""Approve: a Lambda function."""
