"""Real agents in the words of every other product: what the conversion wrote is clean."""

from collections import Counter

import made
from agentls.conversion.file_conversion import ConversionRefusedError, convert_file, targets
from agentls.findings import Severity
from agentls.text.decoding import decode
from material import claude_agents, needs_corpus


@needs_corpus
def test_every_real_agent_can_be_converted_to_every_product():
    done = Counter()
    for path, data in claude_agents():
        workspace = made.make({path: decode(data)[0]})
        file = workspace.files[made.locate(path)]
        for target in targets(file):
            try:
                new = convert_file(workspace.context(file), target)
            except ConversionRefusedError:
                done["refused"] += 1
                continue
            result = made.make({made.shown(new.path): new.text})
            converted = result.files[new.path]
            assert converted.dialect.name == target.name
            # The text below is its author's, whatever is wrong with it.
            end = converted.document.closing.end if converted.document.closing else 0
            grave = [f for f in result.findings[new.path] if f.severity <= Severity.WARNING]
            wrong = [f for f in grave if f.span.end <= end and f.rule not in _OF_TEXTS]
            assert [(f.rule, f.message) for f in wrong] == [], (path, target.name)
            done[target.name] += 1
    assert len(done) == 11
    assert min(done[target] for target in done if target != "refused") > 100


# A description keeps its own characters, and a text that is too long is not cut off.
_OF_TEXTS = {"mojibake", "replacement-character", "invisible-character", "control-character", "body-length"}
