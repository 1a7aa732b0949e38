"""Monitor: a Lambda function."""
