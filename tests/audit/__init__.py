"""The audit: planted faults, and the sites it must pass."""
