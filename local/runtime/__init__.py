"""Lambda on this machine: the Runtime API, workers that are `awslambdaric` processes, and calls to them."""
