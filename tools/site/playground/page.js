// The page: an editor, the place where the file would lie, findings with their fixes, and what becomes of it.
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { markdown } from "@codemirror/lang-markdown";
import { yamlFrontmatter } from "@codemirror/lang-yaml";
import { defaultHighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { lintGutter, lintKeymap, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, keymap, lineNumbers } from "@codemirror/view";
import MarkdownIt from "markdown-it";

import examples from "./examples.json";

// Text of a file is never markup: HTML stays as it is written, and only our own links become links.
const render = new MarkdownIt({ html: false, linkify: false });
const SEVERITIES = { error: "error", warning: "warning", information: "info", hint: "hint" };
const PAUSE = 150;

const element = (id) => document.getElementById(`agentls-${id}`);
const [place, status, findings, report, target, converted] =
  ["place", "status", "findings", "report", "target", "converted"].map(element);

const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
const waiting = new Map();
let last = 0;

worker.onmessage = ({ data: { id, answer, failure } }) => {
  const { resolve, reject } = waiting.get(id);
  waiting.delete(id);
  if (failure === undefined) resolve(answer);
  else reject(new Error(failure));
};
worker.onerror = () => say("Python could not be started in this browser.");

function ask(call, ...values) {
  last += 1;
  const id = last;
  return new Promise((resolve, reject) => {
    waiting.set(id, { resolve, reject });
    worker.postMessage({ id, call, values });
  });
}

const say = (text) => {
  status.textContent = text;
};

const editor = new EditorView({
  parent: element("editor"),
  state: EditorState.create({
    doc: examples[0].text,
    extensions: [
      lineNumbers(),
      lintGutter(),
      history(),
      drawSelection(),
      yamlFrontmatter({ content: markdown() }),
      syntaxHighlighting(defaultHighlightStyle, { fallback: true }),
      keymap.of([...defaultKeymap, ...historyKeymap, ...lintKeymap, indentWithTab]),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": "The file" }),
      EditorView.updateListener.of((update) => update.docChanged && schedule()),
      EditorView.domEventHandlers({ drop: (event) => take(event) }),
    ],
  }),
});

let timer = 0;
let asked = 0;
let shown;

function schedule() {
  clearTimeout(timer);
  timer = setTimeout(check, PAUSE);
}

async function check() {
  asked += 1;
  const own = asked;
  const source = editor.state.doc.toString();
  const began = performance.now();
  let answer;
  try {
    answer = await ask("check", place.value, source);
  } catch (error) {
    say(`The engine failed: ${error.message}`);
    return;
  }
  // An answer about an older text would mark the wrong words.
  if (own !== asked || source !== editor.state.doc.toString()) return;
  show(answer);
  if (answer.product) {
    const count = answer.findings.length;
    const found = count === 0 ? "nothing found" : count === 1 ? "1 finding" : `${count} findings`;
    say(`${answer.product}: ${found} (${Math.round(performance.now() - began)} ms)`);
  } else {
    say("No product reads a file in this place.");
  }
}

function show(answer) {
  const found = answer.findings ?? [];
  shown = editor.state.doc.toString();
  const marks = found.map((one) => ({
    from: one.from,
    to: one.to,
    severity: SEVERITIES[one.severity],
    source: one.rule,
    message: one.message,
    actions: one.fixes.map((fix) => ({ name: fix.title, apply: () => apply(fix) })),
  }));
  editor.dispatch(setDiagnostics(editor.state, marks));
  findings.replaceChildren(...found.map(row));
  report.innerHTML = render.render(answer.report ?? "");
  offer(answer.targets ?? []);
  converted.replaceChildren();
}

function row(found) {
  const item = document.createElement("li");
  item.className = found.severity;
  const go = document.createElement("button");
  go.textContent = `line ${found.line}`;
  go.onclick = () => {
    editor.dispatch({ selection: { anchor: found.from, head: found.to }, scrollIntoView: true });
    editor.focus();
  };
  const rule = document.createElement("a");
  rule.textContent = found.rule;
  rule.href = `../rules/${encodeURIComponent(found.rule)}/`;
  const message = document.createElement("span");
  message.innerHTML = render.renderInline(found.message);
  item.append(go, " ", message, " ", rule);
  for (const fix of found.fixes) {
    const button = document.createElement("button");
    button.textContent = fix.title;
    button.className = fix.isSafe ? "safe" : "unsafe";
    button.onclick = () => apply(fix);
    item.append(" ", button);
  }
  return item;
}

function apply(fix) {
  // The offsets are those of the text that was checked; whoever typed since gets new ones in a moment.
  if (shown === editor.state.doc.toString()) editor.dispatch({ changes: fix.edits });
}

function offer(products) {
  const chosen = target.value;
  const none = new Option("Convert to…", "");
  target.replaceChildren(none, ...products.map((product) => new Option(product, product)));
  target.value = products.includes(chosen) ? chosen : "";
}

target.onchange = async () => {
  if (!target.value) return;
  const answer = await ask("convert", place.value, editor.state.doc.toString(), target.value);
  const text = document.createElement("pre");
  const title = document.createElement("p");
  title.textContent = answer.refused ?? answer.path;
  text.textContent = answer.text ?? "";
  const losses = document.createElement("ul");
  losses.replaceChildren(
    ...(answer.losses ?? []).map((loss) => {
      const item = document.createElement("li");
      item.innerHTML = render.renderInline(loss);
      return item;
    }),
  );
  converted.replaceChildren(title, losses, text);
};

function take(event) {
  const [file] = event.dataTransfer?.files ?? [];
  if (!file) return false;
  event.preventDefault();
  file.text().then((text) => replace(text));
  return true;
}

function replace(text) {
  editor.dispatch({ changes: { from: 0, to: editor.state.doc.length, insert: text } });
}

for (const example of examples) {
  const option = new Option(`${example.path} (example)`, example.path);
  place.append(option);
}
place.onchange = () => {
  const example = examples.find((one) => one.path === place.value);
  const untouched = examples.some((one) => one.text === editor.state.doc.toString());
  if (example && untouched) replace(example.text);
  else schedule();
};

say("Starting Python…");
check();
