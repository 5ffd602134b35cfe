"""What ``agentls demo`` shows: an editor, its client, the scenes and the project."""
