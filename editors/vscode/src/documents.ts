// Which documents the server sees. It decides by itself which of them define something.

import * as vscode from "vscode";

/** By path alone, because VS Code calls these files chatagent, skill, prompt, instructions or markdown. */
export const SELECTOR = [{ scheme: "file", pattern: "**/*.md" }];

const FOLDERS = /[\\/](?:\.claude|agents|sub-?agents|skills|commands)[\\/]/;

/** Whether a document is reason enough to start a server: other Markdown never is. */
export function mayDefine(document: vscode.TextDocument): boolean {
  if (document.uri.scheme !== "file" || !document.uri.path.endsWith(".md")) return false;
  return mayDefineByPath(document.uri) || document.lineAt(0).text.startsWith("---");
}

export function mayDefineByPath(uri: vscode.Uri): boolean {
  return FOLDERS.test(uri.fsPath);
}
