"""The commands of `yuqi`, one module each."""
