"""Models to begin with: a spec, a data recipe and a story each."""
