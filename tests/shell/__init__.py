"""The commands of `yuqi`, called the way an editor or a script calls them."""
