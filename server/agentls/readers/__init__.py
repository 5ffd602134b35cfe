"""Readers turn text into a ``Document`` and never raise; a schema names the reader of its files."""
