"""One module for each feature, named as in ``features``; ``registry`` imports them."""
