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
local function server(buffer)
  local client = vim.lsp.get_clients({ name = 'agentls', bufnr = buffer or 0 })[1]
  if not client then
    vim.notify('agentls is not running for this file; see :checkhealth agentls', vim.log.levels.WARN)
  end
  return client
end

---@param name string a command of the server
---@param arguments table
---@param show? fun(result: any)
---@param buffer? integer
local function ask(name, arguments, show, buffer)
  local client = server(buffer)
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
  client.request('workspace/executeCommand', params, answer, buffer or 0)
end

local function show_page(text)
  vim.lsp.util.open_floating_preview(vim.split(text, '\n'), 'markdown', { focus_id = 'agentls' })
end

-- As long after a change (milliseconds) the server knows the new text.
local QUIET = 150

--- The text of a buffer as the model gets it, in a window beside it, up to date while one types.
---@param buffer integer
---@param typed string what a user types behind the name
local function render(buffer, typed)
  local page
  local function put(text)
    if not (page and vim.api.nvim_buf_is_valid(page)) then
      return
    end
    vim.bo[page].modifiable = true
    vim.api.nvim_buf_set_lines(page, 0, -1, false, vim.split(text, '\n'))
    vim.bo[page].modifiable = false
  end
  local function refresh(show)
    ask('agentls.showText', { vim.uri_from_bufnr(buffer), typed }, show, buffer)
  end
  refresh(function(text)
    page = vim.api.nvim_create_buf(false, true)
    vim.bo[page].bufhidden = 'wipe'
    vim.bo[page].filetype = 'markdown'
    vim.api.nvim_open_win(page, false, { split = 'right', win = vim.fn.bufwinid(buffer) })
    put(text)
    local timer = vim.uv.new_timer()
    vim.api.nvim_create_autocmd({ 'TextChanged', 'TextChangedI' }, {
      buffer = buffer,
      callback = function()
        if not vim.api.nvim_buf_is_valid(page) then
          timer:stop()
          return true
        end
        timer:start(QUIET, 0, vim.schedule_wrap(function()
          refresh(put)
        end))
      end,
    })
  end)
end

--- The server asks Neovim to make the file and to show it.
local function make(command, name)
  ask(command, { { name = name, uri = vim.uri_from_bufnr(0) } })
end

--- What the server puts on its action for an editor that says it has it.
vim.lsp.commands['agentls.showRenderedText'] = function(command)
  local buffer = vim.uri_to_bufnr(command.arguments[1])
  vim.ui.input({ prompt = 'Arguments: ' }, function(typed)
    if typed then
      render(buffer, typed)
    end
  end)
end

M.commands = {
  why = function()
    ask('agentls.whyNotLoading', { vim.uri_from_bufnr(0) }, show_page)
  end,
  capabilities = function()
    ask('agentls.capabilities', { vim.uri_from_bufnr(0) }, show_page)
  end,
  context = function()
    ask('agentls.context', { vim.uri_from_bufnr(0) }, show_page)
  end,
  render = function(...)
    render(vim.api.nvim_get_current_buf(), table.concat({ ... }, ' '))
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
