-- Neovim 0.11 or newer reads this file after `vim.lsp.enable('agentls')`.
-- agentls itself recognizes the Markdown files that define an agent; of other files it gets
-- only those at the places below.

-- What products read besides Markdown; tools/write_docs.py writes the list.
local OTHERS = {
  '**/.augment/agents/*.txt',
  '**/.mcp.json',
  '**/.claude/settings.json',
  '**/.claude/settings.local.json',
  '**/.codex/agents/**/*.toml',
  '**/.codex/config.toml',
  '**/.github/mcp.json',
  '**/.cursor/agents/**/*.mdc',
  '**/.cursor/agents/**/*.markdown',
  '**/.cursorrules',
  '**/.cursor/rules/**/*.mdc',
  '**/.cursor/mcp.json',
  '**/.factory/mcp.json',
  '**/.gemini/commands/**/*.toml',
  '**/.gemini/settings.json',
  '**/.kiro/settings/mcp.json',
  '**/opencode.json',
  '**/opencode.jsonc',
  '**/.qwen/settings.json',
  '**/.qwen/commands/**/*.toml',
  '**/.roo/mcp.json',
  '**/.vscode/mcp.json',
  '**/hooks/hooks.json',
  '**/.claude-plugin/marketplace.json',
  '**/.claude-plugin/plugin.json',
}

-- A server that ends once is started again; one that ends again and again is left alone.
local LIMIT, PERIOD = 5, 180
local TERMINATED = 15
local ends = {}

local function is_served(buffer)
  local path = vim.fs.normalize(vim.api.nvim_buf_get_name(buffer))
  return vim.bo[buffer].filetype == 'markdown'
    or vim.iter(OTHERS):any(function(glob)
      return vim.glob.to_lpeg(glob):match(path) ~= nil
    end)
end

---@type vim.lsp.Config
return {
  cmd = { 'agentls', '--stdio' },
  filetypes = { 'markdown', 'text', 'toml', 'json', 'jsonc' },
  capabilities = { experimental = { commands = { commands = { 'agentls.showRenderedText' } } } },
  on_init = function()
    -- It defines that command.
    pcall(require, 'agentls')
  end,
  -- Not `.claude`: that lies in the home folder, too, and all of home would become the project.
  -- A file outside any repository is served as well, with the `.claude` folder that it belongs to.
  root_dir = function(buffer, start)
    if is_served(buffer) then
      start(vim.fs.root(buffer, '.git'))
    end
  end,
  on_exit = function(code, signal)
    local wanted = (code == 0 and signal == 0) or signal == TERMINATED
    if wanted or vim.v.exiting ~= vim.NIL then
      return
    end
    local now = os.time()
    ends = vim.tbl_filter(function(moment)
      return now - moment < PERIOD
    end, ends)
    ends[#ends + 1] = now
    if #ends < LIMIT then
      vim.schedule(function()
        vim.lsp.enable('agentls')
      end)
    end
  end,
}
