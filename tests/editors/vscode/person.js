// What the programs here share: what a person does in VS Code, through the API that extensions have.

const childProcess = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const vscode = require("vscode");

const PATIENCE = 120_000;
const FACTS = process.env.AGENTLS_FACTS;

async function until(ask, what) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain for ${what}`);
    await pause(50);
  }
}

function pause(milliseconds) {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

async function open(name) {
  const uri = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // Commands ask which editor is the active one, and may hear of it a little later.
  await until(() => vscode.window.activeTextEditor?.document === document, `${name} to be shown`);
  return editor;
}

function own(document) {
  return vscode.languages.getDiagnostics(document.uri).filter((each) => each.source === "agentls");
}

/** The rule, the marked words and the column of each finding, once there are `count`. */
async function findings(document, count) {
  await until(() => own(document).length === count, `${count} findings`).catch(() => undefined);
  const sorted = [...own(document)].sort((a, b) => a.range.start.compareTo(b.range.start));
  return sorted.map((each) => [each.code.value, document.getText(each.range), each.range.start.character]);
}

/** The place of the words, or `offset` characters behind their start. */
function find(document, words, offset = 0) {
  const start = document.getText().indexOf(words);
  if (start < 0) throw new Error(`${words} is nowhere`);
  return document.positionAt(start + offset);
}

/** The cursor goes to behind the words. */
function goBehind(editor, words) {
  const position = find(editor.document, words, words.length);
  editor.selection = new vscode.Selection(position, position);
  return position;
}

/** What all providers together offer where the user asks; bare words of the document are none. */
async function offered(document, position) {
  const list = await vscode.commands.executeCommand("vscode.executeCompletionItemProvider", document.uri, position);
  const items = list.items.filter((item) => item.kind !== vscode.CompletionItemKind.Text);
  return items.map((item) => item.label.label ?? item.label);
}

/** The command lines of what this extension host has started; a shell's own are none of ours. */
function children() {
  const lines = childProcess.execFileSync("ps", ["-o", "pid=,args=", "--ppid", String(process.pid)], { encoding: "utf8" });
  const found = lines.split("\n").map((line) => line.trim()).filter((line) => line.includes("--stdio"));
  return found.map((line) => ({ pid: Number(line.split(" ", 1)[0]), line: line.slice(line.indexOf(" ") + 1) }));
}

/** The servers that run, once there is but one; a slow machine takes its time to end another. */
async function single() {
  await until(() => children().length === 1, "one server").catch(() => undefined);
  return children();
}

/** All that is not saved is given up, in the files that nobody has opened, too. */
async function revertAll() {
  const unsaved = () => vscode.workspace.textDocuments.filter((each) => each.isDirty && each.uri.scheme === "file");
  await until(async () => {
    for (const document of unsaved()) {
      await vscode.window.showTextDocument(document, { preview: false });
      await vscode.commands.executeCommand("workbench.action.files.revert");
    }
    return unsaved().length === 0;
  }, "files without changes");
}

/** Let the driver do something with the window, see drive.mjs; it is done when this is. */
async function drive(verb, name = verb) {
  const done = path.join(FACTS, `${name}.done`);
  fs.rmSync(done, { force: true });
  console.log(`${verb} ${name}`);
  await until(() => fs.existsSync(done), `the driver to ${verb} ${name}`);
}

/** What can be read in the window now. In a VS Code that runs tests messages do not pop up, they wait in a list. */
async function seen() {
  await vscode.commands.executeCommand("notifications.showList");
  await pause(500);
  await drive("read");
  return JSON.parse(fs.readFileSync(path.join(FACTS, "seen.json"), "utf8"));
}

/** Run `steps` and write what they record, however far they come. */
function told(steps) {
  return async () => {
    const facts = {};
    const write = () => fs.writeFileSync(path.join(FACTS, "facts.json"), JSON.stringify(facts));
    // What was recorded until then tells where it hangs.
    const writing = setInterval(write, 1000);
    try {
      await steps(facts);
      facts.finished = true;
    } catch (error) {
      facts.failure = String(error.stack ?? error);
      throw error;
    } finally {
      await seen().catch((error) => facts.failure ??= String(error));
      clearInterval(writing);
      write();
    }
  };
}

module.exports = { children, drive, find, findings, goBehind, offered, open, own, pause, revertAll, seen, single, told, until };
