"""`python -m generator` is `yuqi`."""

from generator.shell.cli import start

start()
