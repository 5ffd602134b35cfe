// The Python engine, off the page's own thread: it answers {id, call, values} with {id, answer}.
import { loadPyodide } from "./pyodide/pyodide.mjs";

const ready = start();

async function start() {
  const base = new URL("./", self.location.href);
  const [python, engine] = await Promise.all([
    loadPyodide({ indexURL: new URL("pyodide/", base).href }),
    fetch(new URL("engine.zip", base)).then((response) => response.arrayBuffer()),
  ]);
  python.unpackArchive(engine, "zip", { extractDir: "/engine" });
  python.runPython('import sys; sys.path.insert(0, "/engine")');
  return python.pyimport("engine");
}

self.onmessage = async ({ data: { id, call, values } }) => {
  try {
    const engine = await ready;
    self.postMessage({ id, answer: JSON.parse(engine[call](...values)) });
  } catch (error) {
    self.postMessage({ id, failure: String(error.message ?? error) });
  }
};
