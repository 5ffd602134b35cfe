// Which documents the server sees. It decides by itself which of them define something.

import * as vscode from "vscode";
import { FOLDERS, OTHERS } from "./places";

/** By path alone, because VS Code calls these files chatagent, skill, prompt, instructions or markdown. */
export const PATTERNS = ["**/*.md", ...OTHERS];
export const SELECTOR = PATTERNS.map((pattern) => ({ scheme: "file", pattern }));

const AGENTS = /[\\/](?:\.claude|agents|sub-?agents|skills|commands)[\\/]/;

/** Whether a document is reason enough to start a server: other Markdown never is. */
export function mayDefine(document: vscode.TextDocument): boolean {
  if (vscode.languages.match(SELECTOR, document) === 0) return false;
  const isOther = !document.uri.path.endsWith(".md");
  return isOther || mayDefineByPath(document.uri) || document.lineAt(0).text.startsWith("---");
}

export function mayDefineByPath(uri: vscode.Uri): boolean {
  return AGENTS.test(uri.fsPath) || FOLDERS.some((folder) => uri.path.includes(folder));
}
