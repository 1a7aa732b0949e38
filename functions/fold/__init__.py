"""Fold: a Lambda function."""
