// An interpreter that can run the bundled server.

import { ask, which } from "./programs";
import { isAtLeast, versionIn, type Version } from "./versions";

export const OLDEST: Version = [3, 11];

/** A way to call Python; `origin` says who named it. */
export interface Candidate {
  readonly name: string;
  readonly args: readonly string[];
  readonly origin: string;
}

export interface Search {
  /** The interpreter's own path; undefined when none of the candidates will do. */
  readonly interpreter?: string;
  readonly origin?: string;
  /** Why the others were passed over, in plain words. */
  readonly refused: readonly string[];
}

export const ON_PATH: readonly Candidate[] = [
  { name: "python3", args: [], origin: "PATH" },
  { name: "python", args: [], origin: "PATH" },
  { name: "py", args: ["-3"], origin: "PATH" },
];

// Options that Python 2 knows, too, so that it can say how old it is. Nothing is imported but a built-in module.
const QUESTION = [
  "-E", "-s", "-S", "-c",
  "import sys; print('%d.%d.%d' % sys.version_info[:3]); print(sys.executable)",
];

/** The first candidate that is new enough. */
export async function findPython(
  candidates: readonly Candidate[], folder: string, excluded: readonly string[],
): Promise<Search> {
  const refused: string[] = [];
  for (const { name, args, origin } of candidates) {
    const program = which(name, excluded);
    if (program === undefined) {
      if (origin !== "PATH") refused.push(`${name} (${origin}) is not a program`);
      continue;
    }
    const { succeeded, text } = await ask(program, [...args, ...QUESTION], folder);
    const [first, executable] = text.split(/\r?\n/);
    const version = succeeded ? versionIn(first) : undefined;
    if (version === undefined) refused.push(`${program} does not work`);
    else if (!isAtLeast(version, OLDEST)) refused.push(`${program} is Python ${first}`);
    else return { interpreter: executable || program, origin, refused };
  }
  return { refused };
}
