"""What Treadle means: domain, verbs, engines, ports and adapters; ships beside functions/ in one asset."""
