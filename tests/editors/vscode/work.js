// An hour's work in VS Code. What is seen is recorded; the expectations are in test_vscode_editor.py.

const fs = require("node:fs");
const vscode = require("vscode");
const {
  children, drive, find, findings, goBehind, offered, open, own, pause, seen, single, told, until,
} = require("./person");

const command = vscode.commands.executeCommand;

exports.run = told(async (facts) => {
  await lookAtOtherMarkdown(facts);
  const editor = await open(".claude/agents/reviewer.md");
  const document = editor.document;
  facts.language = document.languageId;
  facts.findings = await findings(document, 5);
  facts.server = children().map((each) => each.line);
  await look(facts, document);
  await complete(facts);
  await completePaths(facts);
  await readOtherLanguages(facts);
  await repair(facts);
  await survive(facts, document);
  await chooseCommand(facts, document);
  await show(facts);
});

async function lookAtOtherMarkdown(facts) {
  const { document } = await open("README.md");
  await pause(1500);
  facts.startedForOtherMarkdown = children().map((each) => each.line);
  facts.findingsInOtherMarkdown = own(document).length;
}

async function look(facts, document) {
  const at = (words) => find(document, words, 1);
  const hovers = await command("vscode.executeHoverProvider", document.uri, at("Edit\n"));
  facts.hover = hovers.flatMap((hover) => hover.contents.map((each) => each.value)).join("\n");
  const targets = await command("vscode.executeDefinitionProvider", document.uri, at("clean-code,"));
  const { targetUri, targetSelectionRange } = targets[0];
  const target = await vscode.workspace.openTextDocument(targetUri);
  facts.definition = [vscode.workspace.asRelativePath(targetUri), target.getText(targetSelectionRange)];
  const finding = own(document).find((each) => document.getText(each.range) === "Gerp");
  const actions = await command("vscode.executeCodeActionProvider", document.uri, finding.range);
  facts.actions = actions.map((action) => action.title);
}

async function complete(facts) {
  const editor = await open(".claude/agents/unfinished.md");
  const { document } = editor;
  await findings(document, 1);
  facts.toolsOffered = await offered(document, goBehind(editor, "tools: Read,"));
  facts.fieldsOffered = await offered(document, goBehind(editor, "\nme"));
  facts.modelsOffered = await offered(document, goBehind(editor, "model: "));
  goBehind(editor, "tools: Read,");
  await accept(document, " WebF");
  goBehind(editor, "skills: clean-code,");
  await accept(document, " te");
  facts.completed = document.getText().split("\n").slice(3, 5);
  await command("workbench.action.files.revert");
}

/** Of links; VS Code offers the same. */
async function completePaths(facts) {
  const editor = await open(".claude/commands/ship.md");
  const { document } = editor;
  await findings(document, 1);
  await editor.edit((edit) => edit.insert(document.lineAt(document.lineCount - 1).range.end, "See [it](../"));
  facts.pathsOffered = await offered(document, goBehind(editor, "See [it](../"));
  await command("workbench.action.files.revert");
}

/** Type and take the first thing that is offered, as with the keys; the menu may be slow to open. */
async function accept(document, words) {
  for (const character of words) await command("type", { text: character });
  const typed = document.getText();
  let wait = 500;
  await until(async () => {
    await command("editor.action.triggerSuggest");
    await pause(wait *= 2);
    await command("acceptSelectedSuggestion");
    await pause(200);
    return document.getText() !== typed;
  }, "something to accept").catch(() => undefined);
}

async function readOtherLanguages(facts) {
  facts.languages = {};
  const names = [
    ".claude/skills/tests/SKILL.md", ".claude/commands/ship.md", "subagents/writer.md", ".claude/agents/settled.md",
    ".codex/agents/coder.toml", ".cursor/agents/tester.mdc", ".github/agents/reader.agent.md",
  ];
  const documents = [];
  for (const name of names) {
    const { document } = await open(name);
    documents.push(document);
    // Nothing is wrong in this one, which is known when the next one has been looked at.
    if (!name.endsWith("settled.md")) await findings(document, 1);
  }
  for (const document of documents) {
    const found = await findings(document, own(document).length);
    facts.languages[vscode.workspace.asRelativePath(document.uri)] = [document.languageId, found];
  }
}

async function repair(facts) {
  const saved = await open(".claude/agents/damaged.md");
  facts.damaged = (await findings(saved.document, 6)).map(([rule]) => rule);
  goBehind(saved, "name: damaged");
  await command("type", { text: "!" });
  await command("deleteLeft");
  await command("workbench.action.files.save");
  await until(() => own(saved.document).length === 0, "the repair on save").catch(() => undefined);
  facts.savedBytes = bytes(saved.document);

  const other = await open(".claude/agents/damaged-too.md");
  await findings(other.document, 6);
  facts.repaired = await command("agentls.repairText");
  facts.leftAfterRepair = await findings(other.document, 0);
  await other.document.save();
}

function bytes(document) {
  return fs.readFileSync(document.uri.fsPath).toString("base64");
}

async function survive(facts, document) {
  await vscode.window.showTextDocument(document);
  const [before] = children();
  process.kill(before.pid, "SIGKILL");
  const after = await until(() => children().find((each) => each.pid !== before.pid), "another server");
  facts.restarted = after.line === before.line;
  facts.findingsAfterCrash = await findings(document, 5);
  // Once more, and this user does not wait until the other server answers.
  process.kill(after.pid, "SIGKILL");
  await until(() => children().some((each) => each.pid !== after.pid), "a third server");
  await command("agentls.restart");
  facts.serversAfterRestart = (await single()).length;
  facts.findingsAfterRestart = await findings(document, 5);
}

/** Changing the setting is enough: the other server is started at once, and ours again when it is emptied. */
async function chooseCommand(facts, document) {
  const started = async (words) => (await until(() => children().find(({ line }) => line.includes(words)), words)).line;
  const configuration = vscode.workspace.getConfiguration("agentls");
  await configuration.update("path", process.env.AGENTLS_OTHER, vscode.ConfigurationTarget.Global);
  facts.chosen = await started("-m agentls");
  facts.findingsOfChosen = await findings(document, 5);
  await configuration.update("path", undefined, vscode.ConfigurationTarget.Global);
  await started("-I -S");
  facts.serversAfterChoice = (await single()).length;
}

async function show(facts) {
  await command("workbench.action.closeAllEditors");
  const { document } = await open(".claude/agents/picture.md");
  facts.shown = (await findings(document, 8)).length;
  await command("workbench.action.closeSidebar");
  await command("workbench.actions.view.problems");
  const { tooltip } = await until(async () => {
    const now = await seen();
    return now.status.some((words) => words.includes(facts.shown)) && now.tooltip.join().includes("load") && now;
  }, "the status");
  facts.tooltip = tooltip;
  await command("notifications.hideList");
  await pause(1000);
  await drive("show", "findings");
}
