"""Documents reach the features, and neither the log nor the memory keeps anything of them."""

from __future__ import annotations

from tiny import URI, answers_hover, command, hover_params, open_document, state

SECRET = "sesame-4711"

# Documents


def test_documents_reach_the_features_and_nothing_else(client):
    text = "a\u0085b\u2028c\r\n"
    change = {
        "textDocument": {"uri": "file:///never-opened.md", "version": 2},
        "contentChanges": [{"text": text}],
    }
    client.notify("textDocument/didChange", change)
    assert state(client)["texts"]["file:///never-opened.md"] == text
    for _ in range(2):
        client.notify("textDocument/didClose", {"textDocument": {"uri": "file:///never-opened.md"}})
    assert "file:///never-opened.md" not in state(client)["texts"]


def test_notebooks_are_ignored(client):
    identifier = {"uri": "file:///n.ipynb", "version": 1}
    client.notify("notebookDocument/didChange", {"notebookDocument": identifier, "change": {}})
    client.notify("notebookDocument/didOpen", {"notebookDocument": 5})
    assert answers_hover(client)


def test_notifications_leave_nothing_behind(client):
    for _ in range(50):
        open_document(client, "x")
        client.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
        client.notify("$/setTrace", {"value": "off"})
    command(client, "null")
    assert state(client)["kept"] < 5


# Privacy


def test_the_log_holds_nothing_of_a_document(fresh):
    fresh.initialize(initializationOptions=SECRET)
    open_document(fresh, SECRET)
    command(fresh, "publish")
    assert fresh.notifications[0]["params"]["diagnostics"][0]["message"] == SECRET
    fresh.notify("textDocument/didOpen", {"textDocument": SECRET})
    fresh.notify("textDocument/didSave", {"textDocument": {"uri": URI}})
    assert fresh.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": SECRET})["error"]
    assert fresh.request("textDocument/definition", hover_params())["error"]
    assert fresh.request("workspace/executeCommand", {"command": SECRET})["error"]
    fresh.send_bytes(b"Content-Length: 15\r\n\r\n[" + SECRET.encode() + b"    ")
    assert fresh.response(None)["error"]
    fresh.send_bytes(b"Content-Length: x\r\n\r\n" + SECRET.encode())
    command(fresh, "later")
    fresh.answer = lambda _: {"error": {"code": 1, "message": SECRET}}
    command(fresh, "ask")
    assert state(fresh)["texts"] == {URI: SECRET}
    fresh.close()
    assert "textDocument/definition failed" in fresh.stderr
    assert SECRET not in fresh.stderr
