// Which server is started: the one that the user names, a command that is at least as new, or the bundled one,
// as an executable where the package has one, else by Python.

import * as fs from "node:fs";
import * as path from "node:path";
import * as vscode from "vscode";
import { ask, which } from "./programs";
import { findPython, ON_PATH, OLDEST, type Candidate } from "./python";
import { SECTION } from "./settings";
import { isAtLeast, versionIn } from "./versions";

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** The working folder: never one of the user's. */
  readonly folder: string;
  /** Which server this is, for the output and the status bar. */
  readonly title: string;
}

/** Why nothing can be started, and the setting that fixes it. */
export class NoServer extends Error {
  constructor(message: string, readonly setting: string, readonly needsPython: boolean) {
    super(message);
  }
}

export async function findServer(context: vscode.ExtensionContext, log: (line: string) => void): Promise<Launch> {
  const folder = context.asAbsolutePath("server");
  // Before a folder is trusted, no program inside of it is started, however PATH may look.
  const workspace = (vscode.workspace.workspaceFolders ?? []).map((each) => each.uri.fsPath);
  const excluded = vscode.workspace.isTrusted ? [] : workspace;
  const configuration = vscode.workspace.getConfiguration(SECTION);
  const chosen = configuration.get<string>("path", "").trim();
  if (chosen) return named(chosen, folder);
  const newest = versionIn(context.extension.packageJSON.version) ?? [];
  return (await onPath(newest, folder, excluded, log))
    ?? (await executable(configuration.get<string>("interpreter", "").trim(), folder, log))
    ?? bundled(configuration.get<string>("interpreter", "").trim(), folder, excluded, log);
}

async function named(chosen: string, folder: string): Promise<Launch> {
  const command = which(chosen);
  const answer = command ? await ask(command, ["--version"], folder) : undefined;
  if (command === undefined || !answer?.succeeded) {
    const reason = answer ? `: ${answer.text}` : "";
    throw new NoServer(
      `The command in agentls.path cannot be started: ${chosen}${reason}`, "agentls.path", false,
    );
  }
  return { command, args: ["--stdio"], folder, title: `${answer.text} (agentls.path: ${command})` };
}

async function onPath(
  newest: readonly number[], folder: string, excluded: readonly string[], log: (line: string) => void,
): Promise<Launch | undefined> {
  const command = which("agentls", excluded);
  if (command === undefined) return undefined;
  const { succeeded, text } = await ask(command, ["--version"], folder);
  const version = succeeded ? versionIn(text) : undefined;
  if (version && isAtLeast(version, newest)) {
    return { command, args: ["--stdio"], folder, title: `${text} (PATH: ${command})` };
  }
  log(`${command} is not used, because the bundled server is newer: ${text}`);
  return undefined;
}

/** The executable of a package for this platform, unless the user wants an interpreter. */
async function executable(
  interpreter: string, folder: string, log: (line: string) => void,
): Promise<Launch | undefined> {
  const command = path.join(folder, "executable", process.platform === "win32" ? "agentls.exe" : "agentls");
  if (interpreter || !fs.existsSync(command)) return undefined;
  const { succeeded, text } = await ask(command, ["--version"], folder);
  if (succeeded) return { command, args: ["--stdio"], folder, title: `${text} (the bundled executable)` };
  log(`${command} cannot be started: ${text}`);
  return undefined;
}

async function bundled(
  interpreter: string, folder: string, excluded: readonly string[], log: (line: string) => void,
): Promise<Launch> {
  const candidates = interpreter
    ? [{ name: interpreter, args: [], origin: "the setting agentls.interpreter" }]
    : [...(await chosenForPython()), ...ON_PATH];
  const found = await findPython(candidates, folder, excluded);
  for (const reason of found.refused) log(`Python: ${reason}`);
  if (found.interpreter === undefined) {
    const reasons = found.refused.length > 0 ? `: ${found.refused.join("; ")}` : "";
    throw new NoServer(
      `agentls needs Python ${OLDEST.join(".")} or newer, and none was found${reasons}.`, "agentls.interpreter", true,
    );
  }
  return {
    command: found.interpreter,
    // Isolated: no module comes from the workspace, the environment or any site-packages.
    args: ["-I", "-S", folder, "--stdio"],
    folder,
    title: `the bundled server (Python: ${found.interpreter}, from ${found.origin})`,
  };
}

/** What the Python extension has chosen, if it is there; often an interpreter inside the workspace. */
async function chosenForPython(): Promise<Candidate[]> {
  const extension = vscode.extensions.getExtension("ms-python.python");
  if (extension === undefined || !vscode.workspace.isTrusted) return [];
  try {
    const api = await extension.activate();
    const name: unknown = api?.environments?.getActiveEnvironmentPath?.()?.path;
    if (typeof name !== "string" || !path.isAbsolute(name)) return [];
    return [{ name, args: [], origin: "the Python extension" }];
  } catch {
    // It is there but does not work; that is its own message to give.
    return [];
  }
}
