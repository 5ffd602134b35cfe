// The commands of the extension. What is seen is recorded; the expectations are in test_vscode_editor.py.

const fs = require("node:fs");
const vscode = require("vscode");
const { drive, find, findings, offered, open, pause, revertAll, seen, told, until } = require("./person");

const command = vscode.commands.executeCommand;

exports.run = told(async (facts) => {
  await configure(facts);
  const { document } = await open(".claude/agents/reviewer.md");
  await findings(document, 5);
  await ask(facts);
  await render(facts);
  await count(facts);
  await rename(facts);
  await create(facts);
  await repairEverywhere(facts);
  await walkThrough(facts);
});

/** What the server says of an agent, on a page beside it. */
async function ask(facts) {
  await open(".claude/agents/picture.md");
  facts.why = await command("agentls.showWhyNotLoading");
  await command("workbench.action.closeActiveEditor");
  await open(".claude/agents/picture.md");
  facts.capabilities = await command("agentls.showCapabilities");
  await command("workbench.action.closeSidebar");
  await pause(1500);
  await drive("show", "capabilities");
  await command("workbench.action.closeAllEditors");
}

/** The text as the model gets it, beside the file; it follows what is typed. */
async function render(facts) {
  const editor = await open(".claude/skills/clean-code/SKILL.md");
  const uri = editor.document.uri.toString();
  facts.rendered = [await command("agentls.showRenderedText", uri, "main")];
  const page = () => vscode.workspace.textDocuments.find((each) => each.uri.scheme === "agentls" && each.uri.path.includes("As the model"));
  const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
  await editor.edit((edit) => edit.insert(end, "\nNow $ARGUMENTS."));
  await until(() => page()?.getText().includes("Now main."), "the new text").catch(() => undefined);
  facts.rendered.push(page()?.getText());
  await revertAll();
  await command("workbench.action.closeAllEditors");
}

/** What the repairs of the workspace would change is shown first. This user says no, and then yes. */
async function repairEverywhere(facts) {
  const names = [
    ".claude/agents/damaged.md", ".claude/agents/damaged-too.md", ".claude/agents/picture.md", ".cursor/agents/damaged.mdc",
  ];
  const isDirty = (name) => vscode.workspace.textDocuments.some((each) => each.isDirty && each.uri.path.endsWith(name));
  const dirty = () => names.filter(isDirty).length;
  const refused = command("agentls.repairWorkspace");
  facts.previewed = await until(() => {
    const label = vscode.window.tabGroups.activeTabGroup.activeTab?.label;
    return label?.startsWith("Repairs") && label;
  }, "the preview");
  await pause(2000);
  await drive("show", "repair");
  // The question comes when the differences are shown. Before it the search has a button, to be given up.
  const question = () => until(async () => (await seen()).messages.some((each) => each.includes("can repair")), "the question");
  await question();
  await command("notifications.clearAll");
  facts.repairedWorkspace = [await refused, dirty()];
  const wanted = command("agentls.repairWorkspace");
  await question();
  await command("notification.acceptPrimaryAction");
  facts.repairedWorkspace.push(await wanted);
  await until(() => dirty() === names.length, "the repairs").catch(() => undefined);
  facts.repairedWorkspace.push(dirty());
  await revertAll();
  await command("workbench.action.closeAllEditors");
}

/** The page for beginners: a step is ticked off when one of its commands was run. */
async function walkThrough(facts) {
  await command("workbench.action.openWalkthrough", "agentls.agentls#start", false);
  await until(async () => (await seen()).steps.length === 3, "the page");
  // As a key does it: the page does not hear of what an extension runs.
  await command("runCommands", { commands: ["workbench.actions.view.problems", "agentls.repairText", "agentls.showWhyNotLoading"] });
  const isDone = async () => (await seen()).steps.every(([, done]) => done);
  await until(isDone, "the steps").catch(() => undefined);
  const { steps, links } = await seen();
  facts.walkthrough = { steps, links };
}

/** What is offered in agentls.toml: tables, settings above the first table, rules in one, and levels. */
async function configure(facts) {
  const editor = await open("agentls.toml");
  await until(() => vscode.extensions.getExtension("agentls.agentls").isActive, "the extension");
  const { document } = editor;
  facts.configuration = {};
  const places = { settings: "", tables: "[", rules: "[rules]\n", levels: '[rules]\nunknown-tool = "' };
  for (const [what, text] of Object.entries(places)) {
    await editor.edit((edit) => edit.replace(new vscode.Range(0, 0, document.lineCount, 0), text));
    facts.configuration[what] = await offered(document, document.positionAt(text.length));
  }
  await command("workbench.action.files.revert");
}

/** How much a skill is used stands above it; behind that is the list of places. */
async function count(facts) {
  const { document } = await open(".claude/skills/clean-code/SKILL.md");
  const lenses = await until(async () => {
    const found = await command("vscode.executeCodeLensProvider", document.uri, 10);
    return found[0]?.command?.title.includes("agents") && found;
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
  // Every agent that names the skill was changed, whether it is shown or not.
  await revertAll();
}
