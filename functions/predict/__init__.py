"""Predict: a Lambda function."""
