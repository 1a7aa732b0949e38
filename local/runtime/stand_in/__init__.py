"""A Python stand-in for a C module, put on a worker's path where the C module has no wheel."""
