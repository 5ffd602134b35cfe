// The language client: what it sends, and what it does with the answers.

import type * as vscode from "vscode";
import {
  LanguageClient, RevealOutputChannelOn, type LanguageClientOptions, type ServerOptions,
} from "vscode-languageclient/node";
import { ABILITY } from "./abilities";
import { Doubles } from "./completion";
import { crashes } from "./crashes";
import { SELECTOR } from "./documents";
import type { Launch } from "./launch";
import { explicit, SECTION } from "./settings";

export function createClient(
  launch: Launch, properties: readonly string[], output: vscode.OutputChannel,
): LanguageClient {
  const server: ServerOptions = {
    command: launch.command,
    args: [...launch.args],
    // Left out, it would be the workspace, in which Windows looks for programs first.
    options: { cwd: launch.folder },
  };
  const doubles = new Doubles();
  const options: LanguageClientOptions = {
    documentSelector: SELECTOR,
    outputChannel: output,
    // A request that was under way when the server ended is no news; that it cannot be started again still is.
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    errorHandler: crashes(),
    initializationOptions: () => explicit(properties),
    middleware: {
      workspace: {
        configuration: (params) =>
          params.items.map((item) => (item.section === SECTION ? explicit(properties) : null)),
      },
      provideCompletionItem: (document, position, context, token, next) =>
        doubles.without(document, position, context, () => next(document, position, context, token)),
    },
  };
  const client = new LanguageClient(SECTION, "agentls", server, options);
  client.registerFeature(ABILITY);
  return client;
}
