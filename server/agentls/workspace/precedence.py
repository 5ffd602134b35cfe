"""Which of several definitions of one name a product takes where somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from agentls.products import load

if TYPE_CHECKING:
    from agentls.products import Dialect
    from agentls.semantics.resolution import ResolutionContext
    from agentls.semantics.summary import Definition


def effective_definitions(
    found: tuple[Definition, ...], context: ResolutionContext, dialect: Dialect | None
) -> tuple[Definition, ...]:
    """Those that count where somebody asks; all that may count where that is not known.

    Whoever works in a project finds what lies in it and around it, the nearest first. What lies further in
    is there for others, and so it comes last. ``dialect`` is that of the file that asks; the definitions of
    its own product are the first.
    """
    if len(found) <= 1:
        return found
    product = dialect.product if dialect else ""
    found = tuple(sorted(found, key=lambda d: d.product != product))
    if not context.folder:
        return found
    around = tuple(d for d in found if not context.is_inside(d.project))
    if not around:
        return found
    by_scope = (tuple(d for d in around if d.scope == scope) for scope in _order(around[0].kind, product))
    first = next(filter(None, by_scope), around)
    nearest = max((len(d.project) for d in first if d.scope == "project"), default=0)
    return tuple(d for d in first if d.scope != "project" or len(d.project) == nearest)


def _order(kind: str, product: str) -> list[str]:
    """The scopes that beat the others in a product, the strongest first; none where that is not known."""
    if kind == "server":
        agent = load().dialect_of("agent", product)
        return list(agent.server_scopes) if agent else []
    own = load().dialect_of(kind, product)
    return [own.precedence] if own and own.precedence else []
