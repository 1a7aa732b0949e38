"""Sweep: a Lambda function."""
