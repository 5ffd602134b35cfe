"""What the commands print, for people and for programs."""
