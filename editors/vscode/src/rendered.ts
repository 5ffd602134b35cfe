// The text of a skill, a command or an agent as the model gets it, beside the file and up to date while one types.

import * as path from "node:path";
import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import type { Pages } from "./pages";

/** The command that the server puts on its actions for a client that says it has it. */
export const SHOW_TEXT = "agentls.showRenderedText";

/** As long after a keystroke (milliseconds) the server knows the new text and has time. */
const QUIET = 150;

interface Shown {
  readonly file: vscode.Uri;
  readonly page: vscode.Uri;
  readonly typed: string;
}

export class RenderedTexts implements vscode.Disposable {
  private readonly shown = new Map<string, Shown>();
  private readonly waiting = new Map<string, NodeJS.Timeout>();
  private readonly subscriptions: vscode.Disposable[];

  constructor(
    private readonly pages: Pages,
    private readonly client: () => LanguageClient | undefined,
  ) {
    this.subscriptions = [
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.changed(document.uri)),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.closed(uri)),
    ];
  }

  /** Ask what a user would type, and show the text beside the file; the text is returned. */
  async show(uri?: string, typed?: string): Promise<string | undefined> {
    const client = this.client();
    const file = uri === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(uri);
    if (client === undefined || file === undefined) {
      void vscode.window.showInformationMessage("agentls: open an agent, a skill or a command first.");
      return undefined;
    }
    const before = this.shown.get(file.toString())?.typed;
    const given = typed ?? await vscode.window.showInputBox({
      title: "Arguments", prompt: "What a user types behind the name; may be empty", value: before ?? "",
    });
    if (given === undefined) return undefined;
    const text = await this.ask(client, file, given);
    if (text === undefined) return undefined;
    const page = this.pages.put(`${file.path}/As the model gets it ${path.posix.basename(file.path)}`, text);
    this.shown.set(file.toString(), { file, page, typed: given });
    await vscode.window.showTextDocument(page, {
      viewColumn: vscode.ViewColumn.Beside, preserveFocus: true, preview: false,
    });
    return text;
  }

  dispose(): void {
    for (const timer of this.waiting.values()) clearTimeout(timer);
    vscode.Disposable.from(...this.subscriptions).dispose();
  }

  private async ask(client: LanguageClient, file: vscode.Uri, typed: string): Promise<string | undefined> {
    try {
      const text: unknown = await client.sendRequest(ExecuteCommandRequest.type, {
        command: "agentls.showText", arguments: [client.code2ProtocolConverter.asUri(file), typed],
      });
      return typeof text === "string" ? text : undefined;
    } catch (error) {
      void vscode.window.showInformationMessage(`agentls: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private changed(uri: vscode.Uri): void {
    const key = uri.toString();
    const shown = this.shown.get(key);
    if (shown === undefined) return;
    clearTimeout(this.waiting.get(key));
    this.waiting.set(key, setTimeout(() => void this.refresh(shown), QUIET));
  }

  private async refresh(shown: Shown): Promise<void> {
    this.waiting.delete(shown.file.toString());
    const client = this.client();
    const text = client && await this.ask(client, shown.file, shown.typed);
    if (text !== undefined) this.pages.put(shown.page.path, text);
  }

  private closed(uri: vscode.Uri): void {
    for (const [key, { page }] of this.shown) {
      if (page.toString() === uri.toString()) this.shown.delete(key);
    }
  }
}
