"""One module for each command of ``agentls``, named as the user types it."""
