-- `:checkhealth agentls`

local health = vim.health

--- What a program says of its version; nil when it cannot be started.
local function version_of(program)
  local done = vim.fn.executable(program) == 1 and vim.fn.system({ program, '--version' })
  return done and vim.v.shell_error == 0 and vim.trim(done) or nil
end

local function check_command()
  local config = vim.lsp.config and vim.lsp.config.agentls
  local command = type(config and config.cmd) == 'table' and config.cmd[1] or 'agentls'
  local version = version_of(command)
  if version then
    health.ok(('%s: %s'):format(version, vim.fn.exepath(command)))
    return
  end
  health.error(command .. ' cannot be started', {
    'Install it in its own virtual environment and put it on PATH, see :help agentls',
    "Or set its path: vim.lsp.config('agentls', { cmd = { '/path/to/agentls', '--stdio' } })",
  })
  local python = version_of('python3') or version_of('python')
  if not python then
    health.error('Python not found on PATH; agentls needs 3.11 or newer')
  elseif vim.version.lt(python:match('%d[%d.]*'), '3.11') then
    health.error(python .. ' is too old; agentls needs 3.11 or newer')
  else
    health.ok(python .. ' is new enough')
  end
end

local function check_servers()
  local clients = vim.lsp.get_clients({ name = 'agentls' })
  if #clients == 0 then
    health.info('no server is running; it starts with the first file that may define an agent')
  end
  for _, client in ipairs(clients) do
    local root = client.config.root_dir or 'no project'
    local info = client.server_info or {}
    health.ok(('agentls %s runs for %s, in %s'):format(info.version or '', root, client.offset_encoding))
  end
end

return {
  check = function()
    health.start('agentls')
    if vim.fn.has('nvim-0.11') == 1 then
      health.ok('Neovim ' .. tostring(vim.version()))
    elseif vim.fn.has('nvim-0.10') == 1 then
      health.warn('Neovim ' .. tostring(vim.version()), { "start it with require('agentls').setup()" })
    else
      health.error('Neovim is older than 0.10')
    end
    check_command()
    check_servers()
  end,
}
