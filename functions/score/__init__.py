"""Score: a Lambda function."""
