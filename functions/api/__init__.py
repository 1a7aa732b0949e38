"""Api: a Lambda function."""
