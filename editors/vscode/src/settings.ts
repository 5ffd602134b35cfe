// The settings that are sent to the server: what the user has set, without the extension's own settings.

import * as vscode from "vscode";

export const SECTION = "agentls";

// The others say which program is started, or are the language client's own.
const OURS = new Set(["path", "interpreter", "trace"]);

/**
 * A default must not be sent: an editor's settings count more than a project's, and every default
 * would undo what the project says in its agentls.toml.
 */
export function explicit(properties: readonly string[]): Record<string, unknown> {
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const found: Record<string, unknown> = {};
  for (const name of properties) {
    const value = configuration.inspect(name);
    const layers = [value?.globalValue, value?.workspaceValue, value?.workspaceFolderValue];
    const said = layers.filter((layer) => layer !== undefined);
    if (said.length > 0) found[name] = said.reduce<unknown>(merged, undefined);
  }
  return found;
}

/** The names of the server's settings, from our own manifest. */
export function serverSettings(extension: vscode.Extension<unknown>): string[] {
  const properties: object = extension.packageJSON.contributes.configuration.properties;
  const names = Object.keys(properties).map((name) => name.slice(SECTION.length + 1));
  return names.filter((name) => !OURS.has(name.split(".")[0]));
}

/** Tables are united as VS Code does it; any other value is replaced by the nearer one. */
function merged(outer: unknown, inner: unknown): unknown {
  return isTable(outer) && isTable(inner) ? { ...outer, ...inner } : inner;
}

function isTable(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
