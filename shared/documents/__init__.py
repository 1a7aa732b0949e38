"""What Treadle writes for people: a function beside its template."""
