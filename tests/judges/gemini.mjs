// Lets Gemini CLI's own loader read files: `node gemini.mjs PACKAGE FILE...` prints a JSON object, a reason
// for each file that is not loaded and null for each that is. Each file must be alone in its folder.
import { readdirSync } from 'node:fs'
import { dirname, join } from 'node:path'

const [folder, ...files] = process.argv.slice(2)
const bundle = join(folder, 'bundle')
const name = readdirSync(bundle).find((name) => /^core-.*\.js$/.test(name))
const core = await import(join(bundle, name))
const said = {}
for (const file of files) {
  const found = await core.loadAgentsFromDirectory(dirname(file))
  said[file] = found.errors.length ? found.errors.map(String).join(' ') : found.agents.length ? null : 'no agent'
}
process.stdout.write(JSON.stringify(said), () => process.exit(0))
