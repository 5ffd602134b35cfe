// New agents and skills: the server knows where they belong and what is in them.

import * as vscode from "vscode";
import { ExecuteCommandRequest, type LanguageClient } from "vscode-languageclient/node";

interface Made {
  readonly uri: string;
  readonly snippet: string;
}

/** Make one and open it, its description selected; false when it could not be made. Without a name the user is asked. */
export async function create(
  client: LanguageClient | undefined, command: string, what: string, given?: string,
): Promise<boolean> {
  const name = given ?? await vscode.window.showInputBox({ title: `New ${what}`, prompt: `The name of the ${what}` });
  if (client === undefined || !name) return false;
  const near = vscode.window.activeTextEditor?.document.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri;
  const uri = near?.scheme === "file" ? client.code2ProtocolConverter.asUri(near) : undefined;
  try {
    const made: Made = await client.sendRequest(ExecuteCommandRequest.type, {
      // Only we can fill in a snippet, so the server does not make the file itself.
      command, arguments: [{ name, uri, apply: false }],
    });
    return await open(client.protocol2CodeConverter.asUri(made.uri), made.snippet);
  } catch (error) {
    void vscode.window.showErrorMessage(error instanceof Error ? error.message : String(error));
    return false;
  }
}

async function open(uri: vscode.Uri, snippet: string): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri);
  if (!(await vscode.workspace.applyEdit(edit))) return false;
  const editor = await vscode.window.showTextDocument(uri);
  return editor.insertSnippet(new vscode.SnippetString(snippet), new vscode.Position(0, 0));
}
