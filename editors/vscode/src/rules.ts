// The documentation of rules.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { ownFindings, ruleOf } from "./status";

/** Show the page of the rule at the cursor; without one let the user choose, those of the file first. */
export async function openRule(pages: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const findings = editor ? ownFindings(editor.document.uri) : [];
  const here = findings.filter((finding) => editor && finding.range.contains(editor.selection.active));
  const rules = new Set(here.map(ruleOf));
  const rule = rules.size === 1 ? [...rules][0] : await choose(new Set(findings.map(ruleOf)), pages);
  if (rule === undefined) return;
  const page = path.join(pages, `${rule}.md`);
  if (fs.existsSync(page)) await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.file(page));
  else void vscode.window.showInformationMessage(`This version of the extension has no documentation for ${rule}.`);
}

async function choose(inFile: ReadonlySet<string>, pages: string): Promise<string | undefined> {
  const all = fs.readdirSync(pages).map((name) => path.basename(name, ".md"));
  const items = [
    ...[...inFile].sort().map((label) => ({ label, description: "in this file" })),
    ...all.filter((name) => !inFile.has(name)).sort().map((label) => ({ label })),
  ];
  return (await vscode.window.showQuickPick(items, { title: "Choose a rule" }))?.label;
}
