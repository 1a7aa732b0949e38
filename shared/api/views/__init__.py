"""What callers see of each noun, a file a noun; the names here are the contract."""
