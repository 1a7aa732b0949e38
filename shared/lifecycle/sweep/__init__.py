"""Sweep: what events lost is found again, once an hour; one verb for each thing that can be lost.

Every verb leaves alone what may still be on its way, and run twice, the second time it finds nothing to mend.
"""
