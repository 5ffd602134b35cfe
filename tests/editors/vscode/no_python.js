// VS Code where no Python will do. The message that appears is read by the driver.

const vscode = require("vscode");
const { drive, open, seen, told, until } = require("./person");

exports.run = told(async (facts) => {
  await open(".claude/agents/reviewer.md");
  await until(() => vscode.extensions.getExtension("agentls.agentls").isActive, "the extension");
  await until(async () => (await seen()).messages.length > 0, "a message");
  await drive("show", "no-python");
  facts.opened = true;
});
