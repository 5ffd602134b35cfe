"""What the products do, as ``schemas/`` says, and whose file a file is.

The only user of jsonschema, and the only reader of the packaged schemas. A schema is standard JSON Schema
2020-12; what that cannot say stands under ``x-agentls``. ``catalogue`` reads the schemas, ``dialect`` is
one kind of file of one product, ``specs`` are its smallest parts, ``nested_values`` what stands further
inside a field, ``server_tools`` names of tools that tell their server; ``user_words`` adds what a user
knows besides. ``validation`` and ``quick_validation`` judge values, ``settings_schema`` those of a user's
settings. ``conversions`` says what means the same for another product. ``locations`` knows where the
products look, ``identification`` says whose file a file is, ``recognition`` whether one outside of those
folders looks like it, ``plugins`` what a plugin's manifest says of its parts.
"""

from agentls.products.catalogue import SCHEMAS, Catalogue, load
from agentls.products.dialect import Dialect
from agentls.products.settings_schema import setting_errors
from agentls.products.specs import Effect, EffectSpec, FieldSpec, Vocabulary, Word, version
from agentls.products.user_words import adapted

__all__ = [
    "SCHEMAS",
    "Catalogue",
    "Dialect",
    "Effect",
    "EffectSpec",
    "FieldSpec",
    "Vocabulary",
    "Word",
    "adapted",
    "load",
    "setting_errors",
    "version",
]
