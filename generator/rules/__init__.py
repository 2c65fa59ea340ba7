"""Editorial rules: what an editor should mend although the page can be made.

Each module knows one family of faults and is pure. What a single file shows is found here, once
for each version of the file; what only shows when all files are seen is in `duplicates` and
`summaries`.
"""
