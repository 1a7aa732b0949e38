"""Register: a Lambda function."""
