"""Train: a Lambda function."""
