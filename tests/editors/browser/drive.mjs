// Opens the playground in Chromium and prints what a user sees, as JSON: `node drive.mjs SITE MODULES CHROMIUM`.
import fs from "node:fs";
import http from "node:http";
import { createRequire } from "node:module";
import path from "node:path";

const [root, modules, executablePath] = process.argv.slice(2);
const { chromium } = createRequire(modules)("playwright-core");
const PATIENCE = 240_000;
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript",
  ".wasm": "application/wasm", ".css": "text/css", ".json": "application/json" };

const server = http.createServer((request, response) => {
  let file = path.join(root, decodeURIComponent(new URL(request.url, "http://x").pathname));
  if (fs.existsSync(file) && fs.statSync(file).isDirectory()) file = path.join(file, "index.html");
  if (!fs.existsSync(file)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { "content-type": TYPES[path.extname(file)] ?? "application/octet-stream" });
  fs.createReadStream(file).pipe(response);
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const base = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
const seen = { elsewhere: [], missing: [], errors: [] };
const page = await browser.newPage({ viewport: { width: 1280, height: 1400 } });
page.setDefaultTimeout(PATIENCE);
page.on("request", (request) => request.url().startsWith(base) || seen.elsewhere.push(request.url()));
page.on("response", (response) => response.status() < 400 || seen.missing.push(response.url()));
page.on("pageerror", (error) => seen.errors.push(String(error)));
page.on("console", (message) => message.type() === "error" && seen.errors.push(message.text()));

const status = () => page.textContent("#agentls-status");
const said = (words) =>
  page.waitForFunction((text) => document.getElementById("agentls-status").textContent.includes(text), words);

const began = Date.now();
await page.goto(`${base}/playground/`);
await said("findings");
seen.firstMilliseconds = Date.now() - began;
seen.first = await page.locator("#agentls-findings li").allTextContents();
seen.marks = await page.locator(".cm-lintRange").allTextContents();
await page.click("button.safe");
await page.waitForFunction((count) => document.querySelectorAll("#agentls-findings li").length < count, seen.first.length);
seen.fixed = await page.locator("#agentls-findings li").allTextContents();
seen.status = await status();
await page.selectOption("#agentls-target", "opencode");
await page.waitForSelector("#agentls-converted pre");
seen.converted = await page.textContent("#agentls-converted");
// What stands in a file is text, wherever the page shows it.
await page.click(".cm-content");
await page.keyboard.press("Control+a");
await page.keyboard.insertText(`---
name: reviewer
description: Reviews
tools: Read, <img src=x onerror=alert(1)>
---
`);
await page.waitForFunction(() => document.getElementById("agentls-findings").textContent.includes("<img"));
seen.markup = await page.locator("#agentls-findings img, #agentls-report img").count();
await browser.close();
server.close();
process.stdout.write(JSON.stringify(seen));
