"""One statistic a file: arrays in, numbers out, each cited and tested against exact values.

The one place where a metric is computed: what the search climbs, what a gate holds and what monitoring watches is the
same number from the same function.
"""
