// What is behind a code lens: VS Code's own list of places.

import * as vscode from "vscode";
import {
  ExecuteCommandRequest, type LanguageClient, type Location, type Position,
} from "vscode-languageclient/node";

/** The command that the server puts on its lenses for a client that says it has it. */
export const SHOW = "agentls.showReferences";

export async function showReferences(
  client: LanguageClient | undefined, uri: string, position: Position, kind: string,
): Promise<number> {
  const places: Location[] | null | undefined = await client?.sendRequest(ExecuteCommandRequest.type, {
    command: "agentls.references", arguments: [uri, position, kind],
  });
  if (client === undefined || !places) return 0;
  const convert = client.protocol2CodeConverter;
  await vscode.commands.executeCommand(
    "editor.action.showReferences", convert.asUri(uri), convert.asPosition(position), places.map(convert.asLocation),
  );
  return places.length;
}
