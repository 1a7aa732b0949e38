"""Deploy: a Lambda function."""
