// What the command palette offers besides the server's own quick fixes.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { ownFindings, ruleOf } from "./status";

const DAMAGED = "mojibake";

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
  else void vscode.window.showInformationMessage(`There is no page about ${rule} in this version of the extension.`);
}

async function choose(inFile: ReadonlySet<string>, pages: string): Promise<string | undefined> {
  const all = fs.readdirSync(pages).map((name) => path.basename(name, ".md"));
  const items = [
    ...[...inFile].sort().map((label) => ({ label, description: "in this file" })),
    ...all.filter((name) => !inFile.has(name)).sort().map((label) => ({ label })),
  ];
  return (await vscode.window.showQuickPick(items, { title: "Which rule?" }))?.label;
}

/** Bring back all text of the file that a wrong encoding has damaged; true when there was something to repair. */
export async function repairText(): Promise<boolean> {
  const editor = vscode.window.activeTextEditor;
  const document = editor?.document;
  const damaged = document ? ownFindings(document.uri).filter((finding) => ruleOf(finding) === DAMAGED) : [];
  const action = document && damaged.length > 0 ? await repairOf(document.uri, damaged) : undefined;
  if (action?.edit === undefined || document === undefined) {
    void vscode.window.showInformationMessage("agentls found no damaged text that it can repair in this file.");
    return false;
  }
  return vscode.workspace.applyEdit(action.edit);
}

/** The server's own action for all findings of the rule, or its quick fix where there is only one. */
async function repairOf(
  uri: vscode.Uri, damaged: readonly vscode.Diagnostic[],
): Promise<vscode.CodeAction | undefined> {
  const offered = await vscode.commands.executeCommand<vscode.CodeAction[]>(
    "vscode.executeCodeActionProvider", uri, damaged[0].range, vscode.CodeActionKind.QuickFix.value,
  );
  const fitting = offered.filter((action) => action.diagnostics?.some((one) => ruleOf(one) === DAMAGED));
  const ofAll = fitting.find((action) => action.title.startsWith("Fix all") && action.title.includes(DAMAGED));
  return ofAll ?? fitting.find((action) => action.isPreferred);
}
