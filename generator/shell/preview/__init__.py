"""`yuqi serve`: the site in memory, rebuilt on every change, with findings in the browser."""
