// Repairs text that was damaged by a wrong encoding: in the shown file, or in the whole workspace.

import * as vscode from "vscode";
import { CodeAction, CodeActionKind, CodeActionRequest, type LanguageClient } from "vscode-languageclient/node";
import { mayDefineByPath, PATTERNS } from "./documents";
import type { Pages } from "./pages";

const DAMAGED = "mojibake";
const NONE = "agentls found no text to repair";

/** Repair the shown file; true when there was something to repair. */
export async function repairText(client: LanguageClient | undefined): Promise<boolean> {
  const document = vscode.window.activeTextEditor?.document;
  const edit = client && document && (await repairOf(client, document));
  if (edit) return vscode.workspace.applyEdit(edit);
  void vscode.window.showInformationMessage(`${NONE} in this file.`);
  return false;
}

/** Show what the repairs of all files would change; they are made when the user says so. */
export async function repairWorkspace(client: LanguageClient | undefined, pages: Pages): Promise<boolean> {
  if (client === undefined) return false;
  const options = {
    location: vscode.ProgressLocation.Notification, cancellable: true, title: "agentls: searching for damaged text",
  };
  const repairs = await vscode.window.withProgress(options, (progress, token) => collect(client, progress, token));
  if (repairs === undefined) return false;
  if (repairs.length === 0) {
    void vscode.window.showInformationMessage(`${NONE} in this workspace.`);
    return false;
  }
  return (await isWanted(repairs, pages)) && vscode.workspace.applyEdit(together(repairs));
}

interface Repair {
  readonly document: vscode.TextDocument;
  readonly edits: readonly vscode.TextEdit[];
}

/** The repairs of all files; undefined when the user cancels. */
async function collect(
  client: LanguageClient, progress: vscode.Progress<{ message: string }>, token: vscode.CancellationToken,
): Promise<Repair[] | undefined> {
  const repairs: Repair[] = [];
  const all = await vscode.workspace.findFiles(`{${PATTERNS.join(",")}}`, "**/node_modules/**");
  const files = all.filter(mayDefineByPath);
  for (const uri of files) {
    if (token.isCancellationRequested) return undefined;
    progress.report({ message: vscode.workspace.asRelativePath(uri) });
    // Damage is never ASCII; this spares nearly all files from being opened.
    if (!(await vscode.workspace.fs.readFile(uri)).some((byte) => byte > 0x7f)) continue;
    const document = await vscode.workspace.openTextDocument(uri);
    const edits = (await repairOf(client, document))?.get(uri) ?? [];
    if (edits.length > 0) repairs.push({ document, edits });
  }
  return repairs;
}

async function isWanted(repairs: readonly Repair[], pages: Pages): Promise<boolean> {
  const differences = repairs.map(({ document, edits }) => {
    return [document.uri, document.uri, pages.put(document.uri.path, repaired(document, edits))];
  });
  await vscode.commands.executeCommand("vscode.changes", "Repairs of damaged text", differences);
  const count = repairs.reduce((sum, { edits }) => sum + edits.length, 0);
  const question = `agentls can repair ${count} places of damaged text in ${repairs.length} files.`;
  const yes = "Repair All";
  return (await vscode.window.showInformationMessage(question, yes)) === yes;
}

function repaired(document: vscode.TextDocument, edits: readonly vscode.TextEdit[]): string {
  const backwards = [...edits].sort((one, other) => other.range.start.compareTo(one.range.start));
  return backwards.reduce((text, { range, newText }) => {
    return text.slice(0, document.offsetAt(range.start)) + newText + text.slice(document.offsetAt(range.end));
  }, document.getText());
}

function together(repairs: readonly Repair[]): vscode.WorkspaceEdit {
  const whole = new vscode.WorkspaceEdit();
  for (const { document, edits } of repairs) whole.set(document.uri, [...edits]);
  return whole;
}

/** The server's own action for all findings of the rule, or its quick fix where there is only one. */
async function repairOf(
  client: LanguageClient, document: vscode.TextDocument,
): Promise<vscode.WorkspaceEdit | undefined> {
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  // Asked of the server itself: what VS Code hands on does not tell which finding an action is for.
  const offered = await client.sendRequest(CodeActionRequest.type, {
    textDocument: client.code2ProtocolConverter.asTextDocumentIdentifier(document),
    range: client.code2ProtocolConverter.asRange(document.validateRange(all)),
    context: { diagnostics: [], only: [CodeActionKind.QuickFix] },
  });
  const actions = (offered ?? []).filter((one): one is CodeAction => CodeAction.is(one));
  const fitting = actions.filter((one) => one.diagnostics?.some(({ code }) => code === DAMAGED));
  const action = fitting.find((one) => one.title.startsWith("Fix all")) ?? fitting.find((one) => one.isPreferred);
  return action?.edit && client.protocol2CodeConverter.asWorkspaceEdit(action.edit);
}
