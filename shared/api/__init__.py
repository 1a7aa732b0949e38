"""The HTTP face: routes, problems and views; no AWS."""
