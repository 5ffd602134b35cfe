// Starts the server when the first file is opened that may define something, and keeps it running.

import * as path from "node:path";
import * as vscode from "vscode";
import { State, type LanguageClient, type Position } from "vscode-languageclient/node";
import { answer, ask } from "./answers";
import { createClient } from "./client";
import { completeConfiguration } from "./configuration";
import { create } from "./creation";
import { mayDefine } from "./documents";
import { SHOW, showReferences } from "./lenses";
import { Pages } from "./pages";
import { RenderedTexts } from "./rendered";
import { repairText, repairWorkspace } from "./repairs";
import { openRule } from "./rules";
import { findServer, NoServer } from "./launch";
import { SECTION, serverSettings } from "./settings";
import { Status } from "./status";

let running: Running | undefined;

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel("agentls");
  const status = new Status(async (uri) => {
    const client = running?.client;
    return client && (await ask(client, "agentls.whyNotLoading", uri))?.split("\n", 1)[0];
  });
  const server = new Running(context, output, status);
  running = server;
  const pages = new Pages();
  const texts = new RenderedTexts(pages, () => server.client);
  const bundled = path.join(context.asAbsolutePath("server"), "agentls");
  context.subscriptions.push(
    output,
    status,
    pages,
    texts,
    completeConfiguration(bundled),
    vscode.commands.registerCommand("agentls.restart", () => server.restart()),
    vscode.commands.registerCommand("agentls.showOutput", () => output.show()),
    vscode.commands.registerCommand("agentls.openRule", () => openRule(path.join(bundled, "linter", "pages"))),
    vscode.commands.registerCommand("agentls.repairText", () => repairText(server.client)),
    vscode.commands.registerCommand("agentls.repairWorkspace", async () =>
      repairWorkspace(await server.asked(), pages)),
    // The client registers the server's own commands under their own names.
    vscode.commands.registerCommand("agentls.showWhyNotLoading", () =>
      answer(server.client, pages, "agentls.whyNotLoading", "Why is it not loading")),
    vscode.commands.registerCommand("agentls.showCapabilities", () =>
      answer(server.client, pages, "agentls.capabilities", "What it can do")),
    vscode.commands.registerCommand("agentls.showContext", async () =>
      answer(await server.asked(), pages, "agentls.context", "Instructions")),
    vscode.commands.registerCommand("agentls.showRenderedText", (uri?: string, typed?: string) => texts.show(uri, typed)),
    vscode.commands.registerCommand("agentls.createAgent", async (name?: string) =>
      create(await server.asked(), "agentls.newAgent", "agent", name)),
    vscode.commands.registerCommand("agentls.createSkill", async (name?: string) =>
      create(await server.asked(), "agentls.newSkill", "skill", name)),
    vscode.commands.registerCommand(SHOW, (uri: string, position: Position, kind: string) =>
      showReferences(server.client, uri, position, kind)),
    vscode.workspace.onDidOpenTextDocument((document) => {
      if (mayDefine(document)) void server.start();
    }),
    vscode.workspace.onDidChangeConfiguration((event) => {
      const decides = ["path", "interpreter"].some((name) => event.affectsConfiguration(`${SECTION}.${name}`));
      if (decides && server.wasAsked) void server.restart();
    }),
  );
  if (vscode.workspace.textDocuments.some(mayDefine)) void server.start();
}

export async function deactivate(): Promise<void> {
  await running?.stop();
}

/** The one server. Starting and stopping happen one after the other, whoever asks. */
class Running {
  wasAsked = false;
  client: LanguageClient | undefined;
  private last: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: vscode.OutputChannel,
    private readonly status: Status,
  ) {}

  /** Once; after a failure it is for the user to ask again. */
  start(): Promise<void> {
    if (this.wasAsked) return this.last;
    return this.restart();
  }

  /** The client, started if nothing has been a reason for it yet; undefined when it cannot be. */
  async asked(): Promise<LanguageClient | undefined> {
    await this.start();
    return this.client;
  }

  restart(): Promise<void> {
    this.wasAsked = true;
    return this.next(async () => {
      await this.end();
      await this.begin();
    });
  }

  stop(): Promise<void> {
    return this.next(() => this.end());
  }

  private next(step: () => Promise<void>): Promise<void> {
    this.last = this.last.then(step);
    return this.last;
  }

  private async begin(): Promise<void> {
    this.status.set("starting", "agentls is starting");
    try {
      const launch = await findServer(this.context, (line) => this.output.appendLine(line));
      this.output.appendLine(`Starting ${launch.title}`);
      const client = createClient(launch, serverSettings(this.context.extension), this.output);
      this.client = client;
      client.onDidChangeState(({ newState }) => {
        if (newState === State.Running) this.status.set("running", launch.title);
        else if (newState === State.Starting) this.status.set("starting", launch.title);
        else this.status.set("stopped", "agentls has stopped; click to restart it");
      });
      await client.start();
    } catch (error) {
      this.fail(error);
    }
  }

  private async end(): Promise<void> {
    const client = this.client;
    this.client = undefined;
    try {
      // Until its server has answered a client cannot be stopped; after a crash it starts one by itself.
      if (client?.state === State.Starting) await client.start();
      await client?.dispose();
    } catch (error) {
      // A server that cannot be asked to go is gone, or ends by itself when its input does.
      this.output.appendLine(`Stopping: ${String(error)}`);
    }
  }

  private fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.output.appendLine(message);
    this.status.set("stopped", message);
    if (error instanceof NoServer) void explain(error, this.output);
    else void vscode.window.showErrorMessage(`agentls cannot be started: ${message}`);
  }
}

async function explain(error: NoServer, output: vscode.OutputChannel): Promise<void> {
  const settings = "Open Setting";
  const download = "Get Python";
  const show = "Show Output";
  const buttons = error.needsPython ? [settings, download, show] : [settings, show];
  const chosen = await vscode.window.showErrorMessage(error.message, ...buttons);
  if (chosen === settings) await vscode.commands.executeCommand("workbench.action.openSettings", error.setting);
  if (chosen === download) await vscode.env.openExternal(vscode.Uri.parse("https://www.python.org/downloads/"));
  if (chosen === show) output.show();
}
