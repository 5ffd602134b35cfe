// Runs a program inside of a real VS Code: `node drive.mjs PLAN.json`; see tests/support/vscode.py for what a plan holds.
//
// The server of VS Code is started directly, because only so does it run tests in a built workbench.

import { spawn } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import net from "node:net";
import path from "node:path";

// For the server of VS Code to answer, and for the program in it to begin (milliseconds).
const START = 180_000;
const plan = JSON.parse(fs.readFileSync(process.argv[2], "utf8"));
const { chromium } = createRequire(plan.modules)("playwright-core");
const port = await freePort();
const home = `http://127.0.0.1:${port}/`;
fs.mkdirSync(path.join(plan.scratch, "data", "User"), { recursive: true });
fs.writeFileSync(path.join(plan.scratch, "data", "User", "settings.json"), JSON.stringify(plan.settings));
const log = fs.openSync(path.join(plan.scratch, "vscode.log"), "w");
const main = path.join(plan.modules, "code-server", "lib", "vscode", "out", "server-main.js");
const vscode = spawn(
  process.execPath,
  [main, "--host", "127.0.0.1", "--port", String(port), "--without-connection-token",
    "--enable-smoke-test-driver", "--telemetry-level", "off",
    ...(plan.trusts ? ["--disable-workspace-trust"] : []),
    // Otherwise a login shell decides what PATH is.
    "--force-disable-user-env",
    "--server-data-dir", path.join(plan.scratch, "server"), "--user-data-dir", path.join(plan.scratch, "data"),
    "--extensions-dir", path.join(plan.scratch, "extensions")],
  { stdio: ["ignore", log, log], env: plan.environment },
);
// However this program ends, VS Code ends with it.
process.on("exit", () => vscode.kill("SIGKILL"));
let browser;
let code = 99;
try {
  await answering();
  browser = await chromium.launch({
    executablePath: plan.chromium,
    args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-quic", "--no-first-run",
      "--disable-sync", "--disable-background-networking", "--disable-component-update",
      "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"],
  });
  code = await run(await (await browser.newContext({ viewport: { width: 1180, height: 720 } })).newPage());
} catch (error) {
  console.error(error);
} finally {
  await browser?.close();
  // As when the last window is closed: it tells its children to end.
  const ended = new Promise((resolve) => vscode.once("exit", resolve));
  vscode.kill("SIGTERM");
  await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 60_000))]);
  process.exit(code);
}

async function run(page) {
  page.setDefaultTimeout(plan.patience * 1000);
  const finished = new Promise((resolve) => {
    void page.exposeFunction("codeAutomationExit", resolve);
    setTimeout(() => resolve(98), plan.patience * 1000);
    // What does not even begin to tell anything is not waited for.
    setTimeout(() => fs.existsSync(path.join(plan.scratch, "facts.json")) || resolve(97), START);
  });
  // What the program inside prints is shown. With `show` it asks for a picture, with `read` to note what can be
  // read; it waits for the file that says so, because its extensions and their messages end with it.
  await page.exposeFunction("codeAutomationLog", async (type, args) => {
    const [verb, name] = String(args[0]).split(" ");
    if (verb === "show") await page.screenshot({ path: path.join(plan.pictures, `${name}.png`) });
    else if (verb === "read") fs.writeFileSync(path.join(plan.scratch, "seen.json"), JSON.stringify(await words(page)));
    else return void console.error(`[${type}]`, ...args);
    fs.writeFileSync(path.join(plan.scratch, `${name}.done`), "");
  });
  const remote = (file) => `vscode-remote://127.0.0.1:${port}${file}`;
  const payload = [["extensionDevelopmentPath", remote(plan.extension)], ["extensionTestsPath", remote(plan.program)]];
  await page.goto(`${home}?folder=${plan.workspace}&payload=${encodeURIComponent(JSON.stringify(payload))}`);
  return finished;
}

async function words(page) {
  const read = (selector) => page.$$eval(selector, (found) => found.map((each) => each.textContent));
  return {
    messages: await read(".notifications-center .notification-list-item-message"),
    buttons: await read(".notifications-center .notification-list-item-buttons-container .monaco-button"),
    status: await read(".statusbar-item[id*='agentls']"),
    tooltip: await page.$$eval(".statusbar-item[id*='agentls']", (found) => found.map((each) => each.ariaLabel)),
    steps: await page.$$eval(".getting-started-step", (found) => {
      return found.map((each) => [each.querySelector("h3").textContent, each.ariaChecked === "true"]);
    }),
    links: await read(".getting-started-step .monaco-button"),
  };
}

function freePort() {
  return new Promise((resolve) => {
    const probe = net.createServer().listen(0, "127.0.0.1", () => {
      const found = probe.address().port;
      probe.close(() => resolve(found));
    });
  });
}

async function answering() {
  for (const end = Date.now() + START; Date.now() < end && vscode.exitCode === null;) {
    try {
      if ((await fetch(home)).status === 200) return;
    } catch {
      // Not yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error("VS Code's server does not answer");
}
