// Questions about the shown file, which the server answers in Markdown.

import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";
import type { Pages } from "./pages";

/** Ask one of the server's commands about the shown file, and show the answer beside it; its text is returned. */
export async function answer(
  client: LanguageClient | undefined, pages: Pages, command: string, title: string,
): Promise<string | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  if (client === undefined || uri === undefined) {
    void vscode.window.showInformationMessage("agentls: open an agent, a skill or a command first.");
    return undefined;
  }
  const text = await ask(client, command, uri);
  if (text === undefined) return undefined;
  const page = pages.put(`${uri.path}/${title}.md`, text);
  await vscode.commands.executeCommand("markdown.showPreviewToSide", page);
  return text;
}

/** What one of the server's commands says about a file. */
export async function ask(client: LanguageClient, command: string, uri: vscode.Uri): Promise<string | undefined> {
  const text: unknown = await client.sendRequest(ExecuteCommandRequest.type, {
    command, arguments: [client.code2ProtocolConverter.asUri(uri)],
  });
  return typeof text === "string" ? text : undefined;
}
