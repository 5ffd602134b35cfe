"""``agentls check --format``: what other programs read, whatever files are called and say."""

from __future__ import annotations

import json
import os
import re
import sys
from pathlib import Path
from urllib.parse import unquote_to_bytes
from xml.etree import ElementTree as ET

import pytest
from jsonschema import Draft7Validator, Draft202012Validator

from agentls import HOME
from agentls.cli import main
from agentls.cli.output.report_formats import FORMATS
from agentls.products.published import published_report
from command_line import BROKEN, HEALTHY, HINTED, posix_only, run, write

# The official schema, which is not ours to copy.
_SARIF_SCHEMA = os.environ.get("AGENTLS_SARIF_SCHEMA", "")
_EVIL = "a\x1b]0;title\x07 ## ##[error]x ::error::\u202e\u200b\x7f\x9b\ufffe & <b> ]]> \"'"


@pytest.fixture
def check(capfd):
    """Check in this process; the exit code and what is printed."""

    def checked(*arguments):
        code = main.run(["check", "--no-cache", *arguments])
        out, err = capfd.readouterr()
        assert "Traceback" not in err, err
        return code, out

    return checked


@pytest.fixture
def log(check):
    """The only run of a SARIF log."""

    def logged(*arguments):
        whole = json.loads(check("--format", "sarif", *arguments)[1])
        if _SARIF_SCHEMA:
            Draft7Validator(json.loads(Path(_SARIF_SCHEMA).read_text("utf-8"))).validate(whole)
        (only,) = whole["runs"]
        return only

    return logged


def _result(found, rule):
    (result,) = [one for one in found["results"] if one["ruleId"] == rule]
    return result


def test_json_is_as_its_schema_says(project, check):
    write(project, "reviewer.md", BROKEN)
    _, printed = check("--format", "json")
    schema = published_report()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(printed))
    assert set(json.loads(printed)[0]) == set(schema["$defs"]["finding"]["required"])


def test_github_workflow_commands(project, check):
    write(project, ".claude/agents/a,b%.md", BROKEN)
    code, printed = check("--format", "github")
    assert code == 1
    assert printed.startswith(
        "::warning file=.claude/agents/a%2Cb%25.md,line=4,endLine=4,col=14,endColumn=18,"
        "title=agentls%3A unknown-tool::`Gerp` is not a tool"
    )
    assert printed.count("\n") == 1


def test_concise_is_one_line_for_each(project, check):
    write(project, "reviewer.md", BROKEN.replace("tools: Read,", "color: teal\ntools: Read,"))
    lines = check("--format", "concise")[1].splitlines()
    pattern = r"\.claude/agents/reviewer\.md:\d:\d+: \w+\[[\w-]+\] .+"
    assert all(re.fullmatch(pattern, line) for line in lines[:2])
    assert lines[2].startswith("2 warnings in 1 of 1 file")


# SARIF


@pytest.mark.skipif(not _SARIF_SCHEMA, reason="AGENTLS_SARIF_SCHEMA names no file with the official schema")
def test_sarif_is_valid(project, log):
    write(project, "reviewer.md", BROKEN.replace("---\n\n", "color: teal\nskills: [nowhere]\n---\n\n"))
    assert len(log()["results"]) == 3


def test_sarif_counts_columns_in_code_units(project, log):
    line = 'tools: ["🎉🎉", Read, Gerp]'
    write(project, "reviewer.md", HEALTHY.replace("tools: Read, Grep", line))
    found = log()
    region = _result_at(found, "Gerp")["locations"][0]["physicalLocation"]["region"]
    units = line.encode("utf-16-le")
    assert found["columnKind"] == "utf16CodeUnits"
    start, end = (2 * (region[name] - 1) for name in ("startColumn", "endColumn"))
    assert (region["startLine"], region["endLine"]) == (4, 4)
    assert units[start:end].decode("utf-16-le") == "Gerp"


def _result_at(found, word):
    (result,) = [one for one in found["results"] if f"`{word}`" in one["message"]["text"]]
    return result


def test_sarif_says_of_each_rule_what_it_is(project, log):
    write(project, "reviewer.md", BROKEN)
    found = log()
    rules = found["tool"]["driver"]["rules"]
    result = _result(found, "unknown-tool")
    rule = rules[result["ruleIndex"]]
    assert rule["id"] == "unknown-tool"
    assert rule["helpUri"].startswith(f"{HOME}/")
    assert rule["help"]["markdown"].startswith("# unknown-tool\n")
    assert result["level"] == "warning"


def test_a_fix_in_sarif_does_what_the_fix_does(project, log):
    text = HEALTHY + "\n🎉 It doesnâ€™t.\n"
    path = write(project, "reviewer.md", text)
    (fix,) = _result(log(), "mojibake")["fixes"]
    (change,) = fix["artifactChanges"]
    (replacement,) = change["replacements"]
    region = replacement["deletedRegion"]
    lines = text.split("\n")
    units = lines[region["startLine"] - 1].encode("utf-16-le")
    start, end = (2 * (region[name] - 1) for name in ("startColumn", "endColumn"))
    inserted = replacement["insertedContent"]["text"].encode("utf-16-le")
    lines[region["startLine"] - 1] = (units[:start] + inserted + units[end:]).decode("utf-16-le")
    assert main.run(["fix"]) == 0
    assert path.read_text("utf-8") == "\n".join(lines) != text


def test_a_finding_is_known_again_when_lines_move(project, log, check):
    write(project, "reviewer.md", BROKEN)
    before = _result(log(), "unknown-tool")["partialFingerprints"]
    gitlab = json.loads(check("--format", "gitlab")[1])
    write(project, "reviewer.md", BROKEN.replace("tools:", "model: opus\ntools:"))
    assert _result(log(), "unknown-tool")["partialFingerprints"] == before
    assert json.loads(check("--format", "gitlab")[1])[0]["fingerprint"] == gitlab[0]["fingerprint"]


def test_what_is_alike_has_fingerprints_of_its_own(project, check):
    write(project, "reviewer.md", HEALTHY + "\nIt doesnâ€™t.\n\nIt doesnâ€™t.\n")
    write(project, "tester.md", HEALTHY.replace("reviewer", "tester") + "\nIt doesnâ€™t.\n")
    found = json.loads(check("--format", "gitlab")[1])
    assert len({one["fingerprint"] for one in found}) == len(found) == 3


# GitLab and JUnit


def test_gitlab_code_quality(project, check):
    write(project, "reviewer.md", BROKEN)
    (one,) = json.loads(check("--format", "gitlab")[1])
    assert one == {
        "description": one["description"],
        "check_name": "unknown-tool",
        "fingerprint": one["fingerprint"],
        "severity": "major",
        "location": {"path": ".claude/agents/reviewer.md", "lines": {"begin": 4, "end": 4}},
    }


def test_junit(project, check):
    write(project, "clean.md", HEALTHY.replace("reviewer", "clean"))
    write(project, "hinted.md", HINTED.replace("reviewer", "hinted"))
    write(project, "reviewer.md", BROKEN)
    root = ET.fromstring(check("--format", "junit")[1])
    assert (root.get("tests"), root.get("failures")) == ("3", "1")
    clean, hinted, broken = (suite.find("testcase") for suite in root)
    assert [list(clean), hinted[0].tag, broken[0].tag] == [[], "system-out", "failure"]
    assert broken.get("file") == ".claude/agents/reviewer.md"
    assert broken[0].get("type") == "warning"
    root = ET.fromstring(check("--format", "junit", "--fail-on", "hint")[1])
    assert root.get("failures") == "2"


# Bad names and bad text


@pytest.mark.parametrize("format_", [name for name, one in FORMATS.items() if not one.is_for_people])
def test_nothing_found_is_an_empty_report(project, check, format_):
    write(project, "reviewer.md")
    code, printed = check("--format", format_)
    assert code == 0
    if format_ in ("json", "gitlab"):
        assert printed == "[]\n"
    elif format_ == "sarif":
        assert json.loads(printed)["runs"][0]["results"] == []
    elif format_ == "junit":
        assert ET.fromstring(printed).get("failures") == "0"
    else:
        assert printed == ""


@pytest.mark.parametrize("format_", FORMATS)
def test_text_of_a_file_does_harm_in_no_format(project, check, format_):
    write(
        project,
        "reviewer.md",
        HEALTHY.replace(
            "Grep",
            json.dumps(_EVIL)
            + ', "\\ud83d", \udcff'.encode("utf-8", "surrogatepass").decode("utf-8", "replace"),
        ),
    )
    _, printed = check("--format", format_)
    assert all(char == "\n" or char.isprintable() for char in printed)
    assert not re.search(r"^\s*::(?!(error|warning|notice) file=)|##\[error", printed, re.MULTILINE)
    if format_ in ("json", "gitlab", "sarif"):
        assert not re.search(r"(?<!\\)\\ud[89ab]..(?!\\ud[c-f])", printed), "half of a character"
        json.loads(printed)
    if format_ == "junit":
        ET.fromstring(printed)
    if format_ == "markdown":
        assert not re.search(r"<(?!/?code>)|[*_@]|\[(?![a-z-]+\]\(https:)", printed)


_NAMES = [b"a b", b"a:b", b"a\nb", b"\xff", "ü\u202e".encode(), b"%41", b"#x?y", b"&<'"]


@posix_only
@pytest.mark.skipif(sys.platform == "darwin", reason="its file systems take UTF-8 only")
@pytest.mark.parametrize("name", _NAMES)
@pytest.mark.parametrize("format_", FORMATS)
def test_a_path_is_told_in_every_format(project, check, name, format_):
    write(project, os.fsdecode(b".claude/agents/" + name + b".md"), BROKEN)
    code, printed = check("--format", format_)
    assert code == 1
    shown = {b"\xff": r"\\xff", b"a\nb": r"a\nb"}.get(name) or json.dumps(name.decode())[1:-1]
    if format_ in ("json", "gitlab"):
        assert f"agents/{shown}.md" in printed
        found = json.loads(printed)[0]
        path = found["path"] if format_ == "json" else found["location"]["path"]
        path.encode()
    elif format_ == "sarif":
        (result,) = json.loads(printed)["runs"][0]["results"]
        artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert artifact["uriBaseId"] == "%SRCROOT%"
        assert unquote_to_bytes(artifact["uri"]) == b".claude/agents/" + name + b".md"
        assert re.fullmatch(r"[!$&'()*+,;=@~\w./%-]+", artifact["uri"], re.ASCII)
    elif format_ == "junit":
        (case,) = ET.fromstring(printed).iter("testcase")
        assert case.get("file", "").startswith(".claude/agents/")
    else:
        assert printed.count("\n") == {"text": 5, "concise": 2, "github": 1, "markdown": 3}[format_]


def test_a_file_elsewhere_is_called_by_its_address(project, log, tmp_path):
    path = write(tmp_path, "other/.claude/agents/reviewer.md", BROKEN)
    assert project.name == "project"
    (result,) = log(str(path))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": path.as_uri()}


def test_a_long_line_with_many_findings_takes_linear_time(project, log):
    """Ten thousand places behind characters of two units each."""
    write(project, "reviewer.md", HEALTHY + "\n" + "🎉 doesnâ€™t " * 10_000 + "\n")
    found = [one for one in log()["results"] if one["ruleId"] == "mojibake"]
    columns = [one["locations"][0]["physicalLocation"]["region"]["startColumn"] for one in found]
    assert columns == sorted(columns)
    assert len({one["partialFingerprints"]["primaryLocationLineHash"] for one in found}) == len(found)


# Where the report goes


def test_a_report_is_written_to_a_file(project):
    write(project, "reviewer.md", BROKEN)
    done = run("check", "--format", "sarif", "--output", "report.sarif")
    assert done.returncode == 1
    assert done.stdout.startswith("1 warning in 1 of 1 file")
    assert json.loads((project / "report.sarif").read_bytes())["version"] == "2.1.0"
    assert sorted(path.name for path in project.iterdir()) == [".claude", "report.sarif"]
    (project / "new").touch()
    assert (project / "report.sarif").stat().st_mode == (project / "new").stat().st_mode


@pytest.mark.parametrize("target", ["nowhere/report.json", ".claude"])
def test_a_report_that_cannot_be_written_is_told(project, target):
    write(project, "reviewer.md", BROKEN)
    done = run("check", "--format", "json", "--output", target)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"agentls: cannot write {target}: ")


def test_a_text_in_a_file_has_no_colors(project, check):
    write(project, "reviewer.md", BROKEN)
    check("--color", "always", "--output", "report.txt")
    assert "\x1b" not in (project / "report.txt").read_text()
