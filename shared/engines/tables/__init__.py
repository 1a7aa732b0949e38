"""Tables: an uploaded file becomes checked, merged and split columns on disk, in one pass of DuckDB."""

from shared.engines.tables.captured import write_captured
from shared.engines.tables.prepared import Prepared, Source
from shared.engines.tables.preparing import gather, prepare

__all__ = ["Prepared", "Source", "gather", "prepare", "write_captured"]
