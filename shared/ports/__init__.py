"""What verbs need from the world, one Protocol a file; adapters and fakes fulfil them under one contract suite."""
