"""``agentls fix`` on real files: what did not parse does, and what did says what it said."""

import hashlib
import re

import pytest

from agentls import batch
from agentls.findings import apply
from agentls.linter import engine, fix_all
from agentls.outcome import tool_entries
from agentls.semantics.file import read_file
from agentls.settings.layers import Layer
from agentls.syntax.formats import LINES
from agentls.workspace import Context, View
from material import CORPUS, needs_corpus

pytestmark = needs_corpus

# Every file that strict YAML rejects, after the repair: its name, the length and the digest of its
# description. Each was compared by eye with what its author wrote.
MENDED = {
    "Jenny": (1259, "94e3e3b0"),
    "Orchestrator": (141, "06887632"),
    "ab-test-analysis": (286, "be988ba1"),
    "agent-environment-simulator": (0, "e3b0c442"),
    "agent-evolution-system": (39, "dea00ecb"),
    "api-designer": (1325, "b63246bf"),
    "backend-developer": (1568, "57409125"),
    "brainstorm": (232, "3154b661"),
    "business-analyst": (91, "57b18a17"),
    "claude-md-compliance-checker": (1373, "2b533566"),
    "cloud-architect": (144, "98ca58d7"),
    "code-quality-analyzer": (1439, "dc089321"),
    "code-quality-pragmatist": (1476, "b6498d95"),
    "cohort-analysis": (271, "7676ad9c"),
    "database-specialist": (1412, "f6e3f695"),
    "debugger": (1019, "50386c42"),
    "devops-engineer": (1337, "95f04e36"),
    "documentation-specialist": (1297, "12706902"),
    "enhance": (79, "80711fe8"),
    "first-principles-thinking": (282, "0a2f2a92"),
    "frontend-developer": (1406, "ecfb52ca"),
    "gdpr-ccpa-compliance": (261, "baebb689"),
    "graphql-architect": (169, "51d2693a"),
    "hipaa-compliance": (250, "a7865588"),
    "incident-responder": (150, "54f108de"),
    "karen": (987, "8024e525"),
    "learning-system": (88, "2ae7cb59"),
    "legacy-code": (0, "e3b0c442"),
    "lint-and-validate": (229, "9b6435ce"),
    "mobile-developer": (211, "3332d965"),
    "performance-optimizer": (1270, "768dd365"),
    "permission-escalator": (150, "514afcd2"),
    "product-manager": (92, "e278449a"),
    "project-planner": (208, "73f814d0"),
    "rails-backend-expert": (1518, "3b460e27"),
    "returns-reverse-logistics": (178, "246db2b0"),
    "security-auditor": (1430, "e81aa539"),
    "session-optimizer": (150, "43b9e405"),
    "swiftui-patterns": (95, "6e799765"),
    "system-architect": (1573, "1bf8e9d9"),
    "task-completion-validator": (1182, "1af5750d"),
    "task-executor": (1466, "bdcd7cc4"),
    "task-orchestrator": (1666, "37a3392d"),
    "test-strategist": (1448, "fc047457"),
    "tool-batch-optimizer": (0, "e3b0c442"),
    "ui-comprehensive-tester": (2064, "a9c88e31"),
    "ui-ux-designer": (1365, "0b685ae8"),
    "ultrathink-debugger": (1820, "2c9da759"),
}
TEXTS = ("name", "description", "model")


@pytest.fixture(scope="module")
def mended():
    """``(batch, file before, file after)`` of every file of the corpus."""
    found = []
    for project in sorted(path for path in CORPUS.iterdir() if path.is_dir()):
        read = batch.read([str(project)], Layer({"user-scope": False}))
        found += [(read, before, r.file) for before, r in batch.fix(read, fix_all.safe_fix, lambda _: True)]
    return found


def test_whatever_did_not_parse_does(mended):
    # Cursor reads lines; what is a list in YAML is misread there, and no repair can be certain.
    broken = [(b, a) for _, b, a in mended if b.document.problems and b.dialect.format is not LINES]
    assert [after.path for _, after in broken if after.document.problems] == []
    documents = [after.document for _, after in broken]
    assert {d.string("name"): summary(d.string("description")) for d in documents} == MENDED


def summary(text):
    text = text or ""
    return len(text), hashlib.sha256(text.encode()).hexdigest()[:8]


def test_no_line_of_a_body_becomes_a_field(mended):
    for _, before, after in mended:
        names, old = ({field.name for field in file.document.fields} for file in (after, before))
        assert names <= old | before.dialect.known, before.path


def test_what_parsed_says_what_it_said(mended):
    for _, before, after in mended:
        if before.document.problems:
            continue
        for name in TEXTS:
            assert after.document.string(name) == before.document.string(name), (before.path, name)
        assert powers(before) <= powers(after), before.path
        gained = {bare(tool) for _, tool in powers(after) - powers(before)}
        # Letter case and separators are the mistakes in a tool's name of which the meaning is certain.
        assert gained <= {bare(item) for item in written(before)}, before.path
        assert body(after) == body(before), before.path


def body(file):
    r"""The text below the front matter as its product takes it, whatever ends its lines.

    To Claude Code `\$5` is `$5`, while `$5` alone may become an argument.
    """
    text = file.text.slice(file.document.body).replace("\r\n", "\n")
    return re.sub(r"\\(?=\$\d)", "", text)


def bare(name):
    return name.lower().replace("_", "").replace("-", "")


def written(file):
    """The names of tools as they stand in the file."""
    return {
        entry.item.text
        for field in tool_entries.tool_fields(file)
        for entry in tool_entries.entries(file, field)
    }


def powers(file):
    """The tools that the product grants; what it drops is nobody's."""
    fields = [*tool_entries.tool_fields(file), *tool_entries.denial_fields(file)]
    entries = [(field.name, entry) for field in fields for entry in tool_entries.entries(file, field)]
    return {(name, e.tool.name if e.tool else e.item.text) for name, e in entries if e.is_usable}


def test_after_each_fix_its_finding_is_gone_and_the_file_no_harder_to_read(mended):
    for read, before, _ in mended:
        view = View(read.workspace)
        found = engine.check(Context(view, before))
        for finding in found:
            for fix in engine.fixes(Context(view, before), finding):
                what = before.path, fix.title
                if fix.change.creates:
                    continue  # it makes a file of its own
                source = apply(before.text.source, fix.change.edits[before.path])
                after = read_file(before.path, source, read.surroundings, None, before.settings)
                assert after, what
                assert len(after.document.problems) <= len(before.document.problems), what
                assert count(engine.check(Context(view, after)), finding) < count(found, finding), what


def count(findings, like):
    return sum(finding.rule == like.rule for finding in findings)
