"""Promises 1 and 2: the live site is whole at every moment, and a build depends on content alone."""
