"""A clinic on fakes whose every step can be the last, and an account of what its carriers were given to carry."""
