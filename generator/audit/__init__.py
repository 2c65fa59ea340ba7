"""The audit of a built site: the files a host will serve, whatever made them.

    files (path → bytes) → `Site` → every page check on every page, every site check once → findings

Nothing here knows our page values or templates: pages are parsed again, so that a fault of the
generator cannot hide itself. `inspection.py` lists the checks; a further one is a function in a
module of this package and an entry there.
"""
