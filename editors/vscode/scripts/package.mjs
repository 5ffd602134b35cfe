// Makes dist/agentls-VERSION.vsix: the extension, and the server with all that it needs but Python.
// With --target PLATFORM --executable FOLDER, makes dist/agentls-PLATFORM-VERSION.vsix, which needs no Python:
// the folder is what tools/build_executable.py makes.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createVSIX } from "@vscode/vsce";
import { build } from "esbuild";

const here = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const root = path.dirname(path.dirname(here));
const staged = path.join(here, "dist", "extension");
const server = path.join(staged, "server");

const { values: { target, executable } } = parseArgs({
  options: { target: { type: "string" }, executable: { type: "string" } },
});
if (!target !== !executable) throw new Error("--target and --executable go together");

fs.rmSync(staged, { recursive: true, force: true });
fs.mkdirSync(server, { recursive: true });
const manifest = stageExtension();
await stageCode();
stageServer();
stageLibraries();
if (executable) copy(path.resolve(executable), path.join(server, "executable"), () => true);
const result = path.join(here, "dist", `agentls-${target ? `${target}-` : ""}${manifest.version}.vsix`);
await createVSIX({
  cwd: staged,
  packagePath: result,
  ...(target ? { target } : {}),
  dependencies: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
console.log(`${path.relative(process.cwd(), result)}: ${Math.round(fs.statSync(result).size / 1000)} kB`);

function stageExtension() {
  const manifest = JSON.parse(fs.readFileSync(path.join(here, "package.json"), "utf8"));
  const source = fs.readFileSync(path.join(root, "server", "agentls", "__init__.py"), "utf8");
  if (/__version__ = "(.*)"/.exec(source)?.[1] !== manifest.version) {
    throw new Error("package.json has a different version than the server; run `python tools/write_docs.py`");
  }
  delete manifest.scripts;
  delete manifest.devDependencies;
  fs.writeFileSync(path.join(staged, "package.json"), JSON.stringify(manifest, undefined, 2));
  fs.copyFileSync(path.join(here, "README.md"), path.join(staged, "README.md"));
  copy(path.join(here, "images"), path.join(staged, "images"), (name) => !name.endsWith(".svg"));
  for (const name of ["LICENSE", "CHANGELOG.md"]) {
    fs.copyFileSync(path.join(root, name), path.join(staged, name));
  }
  return manifest;
}

async function stageCode() {
  const { metafile } = await build({
    entryPoints: [path.join(here, "src", "extension.ts")],
    outfile: path.join(staged, "extension.js"),
    bundle: true,
    minify: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    external: ["vscode"],
    legalComments: "none",
    logLevel: "warning",
    metafile: true,
    absWorkingDir: here,
  });
  const bundled = Object.keys(metafile.inputs).map((file) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1]);
  fs.writeFileSync(path.join(staged, "NOTICES.txt"), notices([...new Set(bundled.filter(Boolean))].sort()));
}

// The licences of the libraries that are in extension.js; those of the server lie beside its libraries.
function notices(names) {
  const texts = names.map((name) => {
    const folder = path.join(here, "node_modules", name);
    const file = fs.readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
    return `${name}\n\n${fs.readFileSync(path.join(folder, file), "utf8").trim()}\n`;
  });
  return texts.join(`\n${"-".repeat(72)}\n\n`);
}

function stageServer() {
  const isSource = (name) => name !== "__pycache__";
  copy(path.join(root, "server", "agentls"), path.join(server, "agentls"), isSource);
  copy(path.join(root, "schemas"), path.join(server, "agentls", "schemas"), isSource);
  fs.copyFileSync(path.join(here, "launch", "__main__.py"), path.join(server, "__main__.py"));
}

function stageLibraries() {
  const options = ["--quiet", "--disable-pip-version-check", "--no-input", "--no-compile", "--no-deps"];
  execFileSync(
    python(),
    ["-m", "pip", "install", ...options, "--only-binary=:all:", "--target", server,
      "--requirement", path.join(here, "requirements.txt")],
    { stdio: "inherit" },
  );
  for (const name of fs.readdirSync(server, { recursive: true })) {
    if (isUnneeded(name)) fs.rmSync(path.join(server, name), { recursive: true, force: true });
  }
}

// A wheel may come with a compiled part, which would fit one interpreter alone; the libraries do without.
// Of the packages' papers only the licences and the name and version stay.
function isUnneeded(name) {
  const parts = name.split(path.sep);
  if (["bin", "_yaml"].includes(parts[0])) return true;
  if (/\.(so|pyd|dylib|c|pyi)$/.test(name)) return true;
  if (parts[0] === "jsonschema" && ["tests", "benchmarks"].includes(parts[1])) return true;
  return parts.length === 2 && parts[0].endsWith(".dist-info") && !/^(METADATA|licen[cs]e|copying|notice)/i.test(parts[1]);
}

function python() {
  for (const name of [process.env.PYTHON, "python3", "python"].filter(Boolean)) {
    try {
      execFileSync(name, ["-m", "pip", "--version"], { stdio: "ignore" });
      return name;
    } catch {
      // Not this one.
    }
  }
  throw new Error("no Python with pip was found; name one in the environment variable PYTHON");
}

function copy(from, to, wanted) {
  fs.cpSync(from, to, { recursive: true, filter: (source) => source === from || wanted(path.basename(source)) });
}
