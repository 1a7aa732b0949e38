"""Verbs, one a file: Request, run(request, *, ports …) -> what came of it."""
