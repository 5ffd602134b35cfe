"""What the products do, as ``schemas/`` says, and whose file a file is.

The only user of jsonschema, and the only reader of the packaged schemas. A schema is standard JSON Schema
2020-12; what that cannot say stands under ``x-agentls``. ``catalogue`` reads the schemas, and ``records``
makes typed attributes of their keys: ``dialect`` is one kind of file of one product, ``facts`` are its parts,
``fields`` what is said of one field, ``words`` of its values, ``effects`` of a mistake; ``nested_values`` is
what stands further inside a field. ``vocabulary`` are the tools of a product, ``server_tools`` the names that
tell their server. ``sources`` says where it is written, ``user_words`` adds what a user knows besides.
``validation`` and ``quick_validation`` judge values, ``settings_schema`` those of a user's settings.
``conversions`` says what means the same for another product. ``locations`` knows where the products look,
``identification`` says whose file a file is, ``shape_recognition`` whether one outside of those folders
looks like it, ``configuration`` where a product keeps its settings and plugins, ``plugins`` what a manifest
says.
``published`` makes of the schemas what others can read.
"""

from agentls.products.catalogue import SCHEMAS, Catalogue, load
from agentls.products.dialect import Dialect
from agentls.products.effects import Effect, EffectSpec, version
from agentls.products.fields import FieldSpec
from agentls.products.settings_schema import setting_errors
from agentls.products.user_words import adapted
from agentls.products.vocabulary import Vocabulary
from agentls.products.words import Word

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
