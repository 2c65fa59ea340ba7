"""What each kind of page needs, as frozen values: a page depends on its value and nothing else."""
