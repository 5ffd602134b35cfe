// Programs on PATH, and what they print. Nothing here depends on a working folder or on a shell.

import { execFile } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";

const IS_WINDOWS = process.platform === "win32";
// A program that does not even tell its version in this time is none to build on (milliseconds).
const PATIENCE = 15_000;

export interface Answer {
  readonly succeeded: boolean;
  /** What it printed, on whichever stream. */
  readonly text: string;
}

/** The absolute path of a program; undefined when there is none. Folders inside of `excluded` are left out. */
export function which(name: string, excluded: readonly string[] = []): string | undefined {
  if (path.isAbsolute(name)) return isProgram(name) ? name : undefined;
  // A name with a folder in it would be relative to whatever folder we happen to run in.
  if (path.basename(name) !== name) return undefined;
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  for (const folder of folders) {
    if (!path.isAbsolute(folder) || excluded.some((other) => isWithin(folder, other))) continue;
    const found = path.join(folder, IS_WINDOWS && !path.extname(name) ? `${name}.exe` : name);
    if (isProgram(found)) return found;
  }
  return undefined;
}

/** Run a program to its end, in `folder`; a failure is an answer, too. */
export function ask(program: string, args: readonly string[], folder: string): Promise<Answer> {
  const options = { cwd: folder, timeout: PATIENCE, windowsHide: true };
  return new Promise((resolve) => {
    execFile(program, [...args], options, (error, stdout, stderr) => {
      resolve({ succeeded: error === null, text: `${stdout}${stderr}`.trim() || (error?.message ?? "") });
    });
  });
}

export function isWithin(inner: string, outer: string): boolean {
  const way = path.relative(outer, inner);
  return way === "" || (!path.isAbsolute(way) && way.split(path.sep)[0] !== "..");
}

function isProgram(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
