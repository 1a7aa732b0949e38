"""Figures: what the product costs, measured beside its peers; run one after the other by `make bench`."""
