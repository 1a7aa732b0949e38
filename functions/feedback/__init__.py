"""Feedback: a Lambda function."""
