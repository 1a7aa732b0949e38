"""What verbs get from AWS, one port a module: the only place that speaks to it."""
