-- `:Agentls why`, `:Agentls capabilities` and so on; nothing is loaded before it is used.

-- Neovim has no name for what Cursor reads.
vim.filetype.add({
  pattern = {
    ['.*/%.cursor/agents/.*%.mdc'] = 'markdown',
    ['.*/%.cursor/rules/.*%.mdc'] = 'markdown',
    ['.*/%.cursorrules'] = 'markdown',
  },
})

vim.api.nvim_create_user_command('Agentls', function(command)
  local run = require('agentls').commands[command.fargs[1]]
  if run then
    run(unpack(command.fargs, 2))
  else
    vim.notify('agentls has no command ' .. command.fargs[1], vim.log.levels.ERROR)
  end
end, {
  nargs = '+',
  desc = 'Ask the language server for agent definition files',
  complete = function(typed)
    return vim.tbl_filter(function(name)
      return vim.startswith(name, typed)
    end, vim.fn.sort(vim.tbl_keys(require('agentls').commands)))
  end,
})
