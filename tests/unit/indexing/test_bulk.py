"""What a helper process finds of many files is what would be found without it, whatever becomes of it."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import cases
from agentls.indexing import shares
from agentls.indexing.reading_context import ReadingContext
from agentls.products.plugins import Plugin
from agentls.system import parallel
from at_once import session as read
from patience import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from agentls.session.state import Session

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
    pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no helper"),
]


@pytest.fixture(autouse=True)
def _two_processors(monkeypatch):
    monkeypatch.setattr(parallel, "cores", lambda: 2)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Everything that the cases are about, in one workspace."""
    root = tmp_path_factory.mktemp("project")
    for number, case in enumerate(cases.load("rules", "dialects")):
        for source in case.sources:
            path = root / str(number) / source.path.removeprefix("~/")
            path.parent.mkdir(parents=True, exist_ok=True)
            content = source.content
            path.write_bytes(
                content if isinstance(content, bytes) else content.encode("utf-8", "surrogatepass")
            )
    return root


def known(session: Session) -> dict[str, object]:
    assert session.index.has_read_everything
    return {path: session.workspace.summary(path) for path in session.workspace.paths()}


def alone(monkeypatch, root: Path) -> dict[str, object]:
    with monkeypatch.context() as patch:
        patch.setattr(parallel, "cores", lambda: 1)
        return known(read(root))


@pytest.mark.parametrize("at_least", [2, 400])
def test_a_helper_finds_the_same(monkeypatch, project, at_least):
    monkeypatch.setattr(shares, "_LEAST", at_least)
    helped = []
    begin = parallel.ChildProcess.begin
    monkeypatch.setattr(
        parallel.ChildProcess, "begin", lambda work, share: helped.append(len(share)) or begin(work, share)
    )
    found = known(read(project))
    assert sum(helped) > 200
    assert found == alone(monkeypatch, project)
    assert len(found) > 500


def test_a_helper_that_dies_or_cannot_begin_is_no_loss(monkeypatch, project):
    here, summarize_path = os.getpid(), ReadingContext.summarize_path

    def work(self, path):
        if os.getpid() != here:
            os._exit(1)
        return summarize_path(self, path)

    expected = alone(monkeypatch, project)
    monkeypatch.setattr(ReadingContext, "summarize_path", work)
    assert known(read(project)) == expected
    monkeypatch.setattr(parallel.ChildProcess, "begin", lambda work, share: None)  # noqa: ARG005
    assert known(read(project)) == expected


def test_a_helper_is_used_where_nobody_hears_of_the_end_of_a_process(monkeypatch, project):
    """As whoever starts the server may have it."""
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    try:
        found = known(read(project))
    finally:
        signal.signal(signal.SIGCHLD, before)
    assert found == alone(monkeypatch, project)


def test_the_end_of_the_output_does_not_wait_for_a_helper():
    """An editor waits for it when the server has ended."""
    program = (
        "import os\nfrom agentls.system import parallel\n"
        "parallel.ChildProcess.begin(lambda stream: len(os.read(stream, 1)), [0])\nos._exit(0)"
    )
    pipe = subprocess.PIPE
    with subprocess.Popen([sys.executable, "-c", program], stdin=pipe, stdout=pipe) as process:
        # The helper works until its input ends, which is after this.
        assert process.stdout in select.select([process.stdout], [], [], PATIENCE)[0]


def test_what_a_helper_found_does_not_count_where_a_plugin_turned_up_meanwhile(tmp_path, monkeypatch):
    monkeypatch.setattr(shares, "_LEAST", 2)
    for number in range(60):
        path = tmp_path / "outer" / "agents" / f"a{number:02}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"---\nname: a{number:02}\ndescription: Does it\n---\n", "utf-8")

    def between(session: Session) -> None:
        # As when a file is opened: the plugin lies above the workspace.
        session.index.add_plugins_around({str(tmp_path / "outer"): Plugin("fine")})

    names = {d.name for d in read(tmp_path / "outer" / "agents", between).workspace.all("agent")}
    assert names == {f"fine:a{number:02}" for number in range(60)}
