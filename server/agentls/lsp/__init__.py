"""The language server protocol around the analysis; the only floor where pygls and lsprotocol appear."""
