"""Promote: a Lambda function."""
