// An hour's work in VS Code. What is seen is recorded; the expectations are in test_vscode_editor.py.

const fs = require("node:fs");
const vscode = require("vscode");
const { children, find, findings, goBehind, open, own, pause, told, until } = require("./person");

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
  await readOtherLanguages(facts);
  await ask(facts);
  await count(facts);
  await rename(facts);
  await create(facts);
  await repairEverywhere(facts);
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

/** What all providers together offer where the user asks; bare words of the document are none. */
async function offered(document, position) {
  const list = await command("vscode.executeCompletionItemProvider", document.uri, position);
  const items = list.items.filter((item) => item.kind !== vscode.CompletionItemKind.Text);
  return items.map((item) => item.label.label ?? item.label);
}

/** Type and take the first thing that is offered, as with the keys; the menu may be slow to open. */
async function accept(document, words) {
  for (const character of words) await command("type", { text: character });
  const typed = document.getText();
  await until(async () => {
    await command("editor.action.triggerSuggest");
    await pause(1000);
    await command("acceptSelectedSuggestion");
    await pause(200);
    return document.getText() !== typed;
  }, "something to accept").catch(() => undefined);
}

async function readOtherLanguages(facts) {
  facts.languages = {};
  for (const name of [".claude/skills/tests/SKILL.md", ".claude/commands/ship.md", "subagents/writer.md", ".claude/agents/settled.md"]) {
    const { document } = await open(name);
    facts.languages[name] = [document.languageId, await findings(document, 1)];
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

/** What the server says of an agent, on a page beside it. */
async function ask(facts) {
  await open(".claude/agents/picture.md");
  facts.why = await command("agentls.showWhyNotLoading");
  await command("workbench.action.closeActiveEditor");
  facts.capabilities = await command("agentls.showCapabilities");
  await command("workbench.action.closeSidebar");
  await pause(1500);
  console.log("show capabilities");
  await pause(1000);
  await command("workbench.action.closeAllEditors");
}

/** What the repairs of the workspace would change is shown first. This user says no, and then yes. */
async function repairEverywhere(facts) {
  const names = ["damaged", "damaged-too", "picture"];
  const dirty = () => vscode.workspace.textDocuments.filter((each) => each.isDirty).length;
  const refused = command("agentls.repairWorkspace");
  facts.previewed = await until(() => {
    const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label;
    return label?.startsWith("Repairs") && label;
  }, "the preview");
  await pause(2000);
  console.log("show repair");
  await pause(1000);
  await command("notifications.clearAll");
  facts.repairedWorkspace = [await refused, dirty()];
  const wanted = command("agentls.repairWorkspace");
  await pause(3000);
  await command("notification.acceptPrimaryAction");
  facts.repairedWorkspace.push(await wanted, dirty());
  for (const name of names) {
    await open(`.claude/agents/${name}.md`);
    await command("workbench.action.files.revert");
  }
  await command("workbench.action.closeAllEditors");
}

/** How much a skill is used stands above it; behind that is the list of places. */
async function count(facts) {
  const { document } = await open(".claude/skills/clean-code/SKILL.md");
  const lenses = await until(async () => {
    const found = await command("vscode.executeCodeLensProvider", document.uri, 10);
    return found.length > 0 && found;
  }, "a lens");
  facts.lenses = lenses.map((lens) => lens.command.title);
  const { command: name, arguments: values } = lenses[0].command;
  facts.places = await command(name, ...values);
  await command("closeReferenceSearch");
}

/** A new agent, its description typed, and a name that is taken. */
async function create(facts) {
  await command("agentls.createAgent", "planner");
  await command("type", { text: "Plans the work" });
  const { document } = vscode.window.activeTextEditor;
  facts.created = [vscode.workspace.asRelativePath(document.uri), document.getText().split("\n").slice(0, 3)];
  facts.refused = await command("agentls.createAgent", "reviewer");
  await command("workbench.action.files.revert");
  fs.rmSync(document.uri.fsPath);
  await command("workbench.action.closeAllEditors");
  await command("notifications.clearAll");
}

/** A new name and back again; nothing is saved, but a folder has its name at once. */
async function rename(facts) {
  const { document } = await open(".claude/agents/reviewer.md");
  const folder = vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, ".claude/skills").fsPath;
  for (const [from, to] of [["clean-code", "tidy"], ["tidy", "clean-code"]]) {
    const place = find(document, `${from}, `, 1);
    await vscode.workspace.applyEdit(await command("vscode.executeDocumentRenameProvider", document.uri, place, to));
    facts.renamed = [...(facts.renamed ?? []), document.lineAt(4).text, fs.readdirSync(folder).sort()];
  }
  await command("workbench.action.files.revert");
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
  await command("agentls.restart");
  facts.serversAfterRestart = children().length;
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
  facts.serversAfterChoice = children().length;
}

async function show(facts) {
  await command("workbench.action.closeAllEditors");
  const { document } = await open(".claude/agents/picture.md");
  await until(() => own(document).length > 2, "findings");
  await command("workbench.action.closeSidebar");
  await command("workbench.actions.view.problems");
  await pause(1500);
  facts.shown = own(document).length;
  console.log("show findings");
  await pause(1500);
}
