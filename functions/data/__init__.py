"""Data: a Lambda function."""
