"""Close: a Lambda function."""
