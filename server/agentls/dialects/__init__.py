"""Which product's file this is; decided by path first, by shape last, and silence when in doubt.

``places`` says where the products look, ``identity`` what a file is to them.
"""

from agentls.dialects.identity import (
    HEAD,
    MAX_SIZE,
    Comment,
    Identity,
    Surroundings,
    as_of,
    comment,
    identify,
    read_also,
)
from agentls.dialects.places import (
    dot_folders,
    folder_names,
    home_folders,
    is_candidate,
    is_of_home,
    project_globs,
    project_of,
)

__all__ = [
    "HEAD",
    "MAX_SIZE",
    "Comment",
    "Identity",
    "Surroundings",
    "as_of",
    "comment",
    "dot_folders",
    "folder_names",
    "home_folders",
    "identify",
    "is_candidate",
    "is_of_home",
    "project_globs",
    "project_of",
    "read_also",
]
