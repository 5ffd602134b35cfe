// Lets Qwen Code's own loaders read a project: `node qwen.mjs FOLDER PROJECT` prints agents and skills as JSON.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const [folder, project] = process.argv.slice(2)
const chunks = join(folder, 'chunks')
const holds = (name) => readFileSync(join(chunks, name), 'utf8').includes('parseSubagentContent(content, filePath, level) {')
const { SkillManager, SubagentManager } = await import(join(chunks, readdirSync(chunks).find(holds)))
const config = new Proxy({ getProjectRoot: () => project }, { get: (own, name) => own[name] ?? (() => undefined) })
const agents = await new SubagentManager(config).listSubagentsAtLevel('project')
const skills = await new SkillManager(config).loadSkillsFromDir(join(project, '.qwen', 'skills'), 'project')
const shown = (all) => all.map(({ name, description }) => ({ name, description }))
process.stdout.write(`\n@@${JSON.stringify({ agent: shown(agents), skill: shown(skills) })}\n`, () => process.exit(0))
