"""Whole-site tests: a project on disk, built, broken, built again."""
