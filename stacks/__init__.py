"""Where it runs: the AWS resources, composed by app.py."""
