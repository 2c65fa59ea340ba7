"""Everything that touches disk, clock, processes or the terminal; the core does not."""
