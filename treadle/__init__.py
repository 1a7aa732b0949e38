"""What people type: the treadle command and its Python client, a file a noun or verb."""
