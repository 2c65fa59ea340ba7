"""The same work done by this generator and by its peers, in one run."""
