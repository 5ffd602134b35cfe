// Generated from schemas/ by tools/write_docs.py.

/** The folders in which products look for their files. */
export const FOLDERS = [
  "/.agents/skills/",
  "/.agent/skills/",
  "/.agent/agents/",
  "/.agents/agents/",
  "/.augment/agents/",
  "/.claude/agents/",
  "/.claude/commands/",
  "/.claude/settings.json",
  "/.claude/settings.local.json",
  "/.claude/skills/",
  "/.codex/agents/",
  "/.github/agents/",
  "/.github/chatmodes/",
  "/.github/skills/",
  "/.cursor/agents/",
  "/.cursor/skills/",
  "/.factory/droids/",
  "/.factory/skills/",
  "/.gemini/agents/",
  "/.gemini/commands/",
  "/.gemini/skills/",
  "/.kiro/agents/",
  "/.kiro/skills/",
  "/.opencode/agents/",
  "/.opencode/agent/",
  "/.opencode/mode/",
  "/.opencode/modes/",
  "/.opencode/commands/",
  "/.opencode/command/",
  "/.opencode/skills/",
  "/.opencode/skill/",
  "/.qwen/agents/",
  "/.qwen/commands/",
  "/.qwen/skills/"
];

/** What products read besides Markdown. */
export const OTHERS = [
  "**/.augment/agents/*.txt",
  "**/.claude/settings.json",
  "**/.claude/settings.local.json",
  "**/.codex/agents/**/*.toml",
  "**/.cursor/agents/**/*.mdc",
  "**/.cursor/agents/**/*.markdown",
  "**/.gemini/commands/**/*.toml",
  "**/.qwen/commands/**/*.toml",
  "**/hooks/hooks.json"
];
