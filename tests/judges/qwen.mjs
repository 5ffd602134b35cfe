// Lets Qwen Code's own loader read files: `node qwen.mjs PACKAGE FILE...` prints a JSON object, a reason for
// each file that is not loaded and null for each that is.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, ...files] = process.argv.slice(2)
const chunks = join(folder, 'chunks')
const holds = (name) => readFileSync(join(chunks, name), 'utf8').includes('parseSubagentContent(content, filePath, level) {')
const { SubagentManager } = await import(join(chunks, readdirSync(chunks).find(holds)))
const manager = new SubagentManager({})
const said = {}
for (const file of files) {
  try {
    manager.parseSubagentContent(readFileSync(file, 'utf8'), file, 'project')
    said[file] = null
  } catch (error) {
    said[file] = String(error.message)
  }
}
process.stdout.write(JSON.stringify(said), () => process.exit(0))
