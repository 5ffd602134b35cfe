"""agentls: a language server and checker for AI agent definition files."""

__version__ = "0.2.0"
# Where the project lives; all links to it, also in packages and extensions, are made of this.
HOME = "https://github.com/agentls/agentls"
