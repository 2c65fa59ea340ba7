"""`python -m generator` is `yuqi`."""

from generator.shell.cli import main

main(prog_name="yuqi")
