// The item in the status bar: whether a server runs, how many findings the shown file has, and whether it loads.

import * as vscode from "vscode";
import { SECTION } from "./settings";
import { mayDefine } from "./documents";

export type State = "starting" | "running" | "stopped";

export class Status implements vscode.Disposable {
  private readonly item = vscode.window.createStatusBarItem("agentls", vscode.StatusBarAlignment.Right, 90);
  private readonly listeners: vscode.Disposable[];
  private state: State = "stopped";
  private words = "";

  /** `verdict` tells whether a file loads, in one line of Markdown. */
  constructor(private readonly verdict: (uri: vscode.Uri) => Promise<string | undefined>) {
    this.item.name = "agentls";
    this.listeners = [
      vscode.window.onDidChangeActiveTextEditor(() => this.show()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const shown = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === shown)) this.show();
      }),
    ];
  }

  /** `words` say which server runs, or why none does. */
  set(state: State, words: string): void {
    this.state = state;
    this.words = words;
    this.show();
  }

  private show(): void {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined || !mayDefine(document)) {
      this.item.hide();
      return;
    }
    const findings = ownFindings(document.uri);
    this.item.text = this.text(findings.length);
    this.item.command = this.state === "stopped" ? "agentls.restart" : "agentls.showOutput";
    this.item.tooltip = this.words;
    this.item.backgroundColor = this.state === "stopped"
      ? new vscode.ThemeColor("statusBarItem.errorBackground")
      : undefined;
    this.item.show();
    if (this.state === "running") void this.explain(document.uri);
  }

  private async explain(uri: vscode.Uri): Promise<void> {
    // A server of another version may not know the question; then the words are all there is to say.
    const line = await this.verdict(uri).catch(() => undefined);
    if (line === undefined || vscode.window.activeTextEditor?.document.uri.toString() !== uri.toString()) return;
    this.item.tooltip = new vscode.MarkdownString(`${line}\n\n${this.words}`);
  }

  private text(findings: number): string {
    if (this.state === "starting") return "$(sync~spin) agentls";
    if (this.state === "stopped") return "$(error) agentls";
    return findings === 0 ? "$(check) agentls" : `$(checklist) agentls: ${findings}`;
  }

  dispose(): void {
    for (const disposable of [this.item, ...this.listeners]) disposable.dispose();
  }
}

/** The server's findings in a file. */
export function ownFindings(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((finding) => finding.source === SECTION);
}

/** The name of the rule that a finding comes from. */
export function ruleOf(finding: vscode.Diagnostic): string {
  const code = finding.code;
  return String(typeof code === "object" ? code.value : code);
}
