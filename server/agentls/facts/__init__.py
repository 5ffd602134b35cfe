"""What one file contributes to the workspace: what it defines, what it names, which words it says.

``data`` is what facts are. ``of_files`` takes them from a file of a dialect, which defines an agent, a skill
or a command; ``of_others`` from files of no dialect: lists of MCP servers, configurations that declare
agents, and the skills of other products.
"""

from agentls.facts.data import OWN, Definition, Facts, Mention
from agentls.facts.of_files import facts_at_link, facts_of
from agentls.facts.of_others import other_facts

__all__ = ["OWN", "Definition", "Facts", "Mention", "facts_at_link", "facts_of", "other_facts"]
