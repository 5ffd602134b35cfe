// Lets Gemini CLI's own loaders read a project: `node gemini.mjs BUNDLE PROJECT` prints agents and skills as JSON.
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'

const [bundle, project] = process.argv.slice(2)
const core = await load(bundle)
const agents = (await core.loadAgentsFromDirectory(join(project, '.gemini', 'agents'))).agents
const skills = []
for (const folder of ['.gemini', '.agents'].map((name) => join(project, name, 'skills')).filter(existsSync)) {
  skills.push(...(await core.loadSkillsFromDir(folder)))
}
const shown = (all) => all.map(({ name, description }) => ({ name, description }))
process.stdout.write(`\n@@${JSON.stringify({ agent: shown(agents), skill: shown(skills) })}\n`, () => process.exit(0))

async function load(folder) {
  for (const name of readdirSync(folder).filter((name) => /^core-.*\.js$/.test(name))) {
    const found = await import(join(folder, name))
    if (found.loadAgentsFromDirectory) return found
  }
}
