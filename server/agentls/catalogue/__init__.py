"""The facts about the products: fields, values, tools, effects, sources; all of it comes from ``schemas/``.

The only user of jsonschema, and the only reader of the packaged schemas.
A schema is standard JSON Schema 2020-12; what that cannot say stands under ``x-agentls``.

``loading`` reads the schemas, ``dialect`` is one kind of file of one product, ``words`` are its smallest
parts, ``inside`` what stands further inside a field, ``server_tools`` names of tools that tell their
server; ``adapting`` adds what a user knows besides. ``acceptance`` and ``validation`` judge values,
``settings`` those of a user's settings. ``conversions`` says what means the same for another product.
"""

from agentls.catalogue.adapting import adapted
from agentls.catalogue.dialect import Dialect
from agentls.catalogue.loading import SCHEMAS, Catalogue, load
from agentls.catalogue.settings import setting_errors
from agentls.catalogue.words import Effect, FieldSpec, Vocabulary, Word, version

__all__ = [
    "SCHEMAS",
    "Catalogue",
    "Dialect",
    "Effect",
    "FieldSpec",
    "Vocabulary",
    "Word",
    "adapted",
    "load",
    "setting_errors",
    "version",
]
