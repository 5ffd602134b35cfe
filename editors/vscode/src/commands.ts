// What the command palette offers besides the server's own quick fixes.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { CodeAction, CodeActionKind, CodeActionRequest, type LanguageClient } from "vscode-languageclient/node";
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
export async function repairText(client: LanguageClient | undefined): Promise<boolean> {
  const document = vscode.window.activeTextEditor?.document;
  const damaged = document ? ownFindings(document.uri).filter((finding) => ruleOf(finding) === DAMAGED) : [];
  const action = client && document && damaged.length > 0 ? await repairOf(client, document, damaged[0]) : undefined;
  const edit = action?.edit && (await client?.protocol2CodeConverter.asWorkspaceEdit(action.edit));
  if (edit) return vscode.workspace.applyEdit(edit);
  void vscode.window.showInformationMessage("agentls found no damaged text that it can repair in this file.");
  return false;
}

/** The server's own action for all findings of the rule, or its quick fix where there is only one. */
async function repairOf(
  client: LanguageClient, document: vscode.TextDocument, finding: vscode.Diagnostic,
): Promise<CodeAction | undefined> {
  // Asked of the server itself: what VS Code hands on does not tell which finding an action is for.
  const offered = await client.sendRequest(CodeActionRequest.type, {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: client.code2ProtocolConverter.asRange(finding.range),
    context: { diagnostics: [], only: [CodeActionKind.QuickFix] },
  });
  const actions = (offered ?? []).filter((one): one is CodeAction => CodeAction.is(one));
  const fitting = actions.filter((one) => one.diagnostics?.some(({ code }) => code === DAMAGED));
  return fitting.find((one) => one.title.startsWith("Fix all")) ?? fitting.find((one) => one.isPreferred);
}
