"""Messages that AWS would have sent to people or to URLs, kept on this machine: store, page and JSON."""
