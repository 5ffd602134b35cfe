// VS Code in a folder that nobody has said to trust, with programs of the folder on PATH.

const vscode = require("vscode");
const { children, findings, open, told } = require("./person");

exports.run = told(async (facts) => {
  facts.trusted = vscode.workspace.isTrusted;
  const { document } = await open(".claude/agents/reviewer.md");
  facts.findings = await findings(document, 5);
  facts.server = children().map((each) => each.line);
});
