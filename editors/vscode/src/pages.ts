// Texts that are on no disk: what the server answers, and what a file would become.

import * as vscode from "vscode";

const SCHEME = "agentls";

export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly texts = new Map<string, string>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  // VS Code looks for `onDidChange` once, while it registers.
  private readonly registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);

  /** A page of this path; put again, it has a new text. */
  put(path: string, text: string): vscode.Uri {
    const page = vscode.Uri.from({ scheme: SCHEME, path });
    this.texts.set(page.toString(), text);
    this.changed.fire(page);
    return page;
  }

  provideTextDocumentContent(page: vscode.Uri): string {
    return this.texts.get(page.toString()) ?? "";
  }

  dispose(): void {
    this.registration.dispose();
    this.changed.dispose();
  }
}
