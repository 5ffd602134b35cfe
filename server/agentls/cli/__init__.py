"""The command line: a second coat of paint over the same analysis; no protocol type enters."""
