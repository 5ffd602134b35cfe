// VS Code where no Python will do. The message that appears is read by the driver.

const vscode = require("vscode");
const { open, pause, told, until } = require("./person");

exports.run = told(async (facts) => {
  await open(".claude/agents/reviewer.md");
  await until(() => vscode.extensions.getExtension("agentls.agentls").isActive, "the extension");
  await pause(3000);
  await vscode.commands.executeCommand("notifications.showList");
  console.log("show no-python");
  await pause(1000);
  facts.opened = true;
});
