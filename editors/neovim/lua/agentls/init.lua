-- What `:Agentls` does, and a start for plugin managers and for Neovim 0.10.

local M = {}

--- Start agentls for the files that may define an agent.
---@param config? table what differs from lsp/agentls.lua
function M.setup(config)
  if vim.lsp.config then
    vim.lsp.config('agentls', config or {})
    vim.lsp.enable('agentls')
    return
  end
  -- Neovim 0.10 does not read lsp/agentls.lua by itself.
  local own = vim.api.nvim_get_runtime_file('lsp/agentls.lua', false)[1]
  local whole = vim.tbl_deep_extend('force', dofile(own), config or {})
  whole.name, whole.on_exit = 'agentls', nil
  local decide = whole.root_dir
  local function start(buffer)
    decide(buffer, function(root)
      whole.root_dir = root
      vim.lsp.start(whole, { bufnr = buffer })
    end)
  end
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('agentls', {}),
    pattern = whole.filetypes,
    callback = function(event)
      start(event.buf)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(whole.filetypes, vim.bo[buffer].filetype) then
      start(buffer)
    end
  end
end

---@return table|nil the server of this buffer
local function server()
  local client = vim.lsp.get_clients({ name = 'agentls', bufnr = 0 })[1]
  if not client then
    vim.notify('agentls is not running for this file; see :checkhealth agentls', vim.log.levels.WARN)
  end
  return client
end

---@param name string a command of the server
---@param arguments table
---@param show? fun(result: any)
local function ask(name, arguments, show)
  local client = server()
  if not client then
    return
  end
  local function answer(problem, result)
    if problem then
      vim.notify(problem.message, vim.log.levels.ERROR)
    elseif show then
      show(result)
    end
  end
  local params = { command = name, arguments = arguments }
  -- A function of the client in 0.10, a method of it in 0.11; both know this way.
  client.request('workspace/executeCommand', params, answer, 0)
end

local function show_page(text)
  vim.lsp.util.open_floating_preview(vim.split(text, '\n'), 'markdown', { focus_id = 'agentls' })
end

--- The server asks Neovim to make the file and to show it.
local function make(command, name)
  ask(command, { { name = name, uri = vim.uri_from_bufnr(0) } })
end

M.commands = {
  why = function()
    ask('agentls.whyNotLoading', { vim.uri_from_bufnr(0) }, show_page)
  end,
  capabilities = function()
    ask('agentls.capabilities', { vim.uri_from_bufnr(0) }, show_page)
  end,
  ['new-agent'] = function(name)
    make('agentls.newAgent', name)
  end,
  ['new-skill'] = function(name)
    make('agentls.newSkill', name)
  end,
  restart = function()
    for _, client in ipairs(vim.lsp.get_clients({ name = 'agentls' })) do
      local buffers = vim.tbl_keys(client.attached_buffers)
      vim.lsp.stop_client(client.id)
      -- It has to be gone, or it would be taken for the one that is wanted.
      local function is_gone()
        return vim.lsp.get_client_by_id(client.id) == nil
      end
      if not vim.wait(3000, is_gone) then
        vim.lsp.stop_client(client.id, true)
        vim.wait(10000, is_gone)
      end
      for _, buffer in ipairs(buffers) do
        vim.api.nvim_exec_autocmds('FileType', { buffer = buffer, modeline = false })
      end
    end
  end,
}

return M
