"""What runs: one folder a state or door, each one handler: parse, call, serialise."""
