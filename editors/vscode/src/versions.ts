// Versions as numbers between dots.

export type Version = readonly number[];

/** The first version in a text, or undefined. */
export function versionIn(text: string): Version | undefined {
  const found = /\d+(?:\.\d+)+/.exec(text);
  return found ? found[0].split(".").map(Number) : undefined;
}

export function isAtLeast(version: Version, wanted: Version): boolean {
  for (let index = 0; index < Math.max(version.length, wanted.length); index++) {
    const difference = (version[index] ?? 0) - (wanted[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
