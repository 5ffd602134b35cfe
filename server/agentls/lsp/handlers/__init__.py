"""One module for each group of requests, named as in ``features``."""
