-- Neovim 0.11 or newer reads this file after `vim.lsp.enable('agentls')`.
-- agentls itself decides which Markdown files it has anything to say about.
---@type vim.lsp.Config
return {
  cmd = { 'agentls', '--stdio' },
  filetypes = { 'markdown' },
  -- Not `.claude`: that lies in the home folder, too, and all of home would become the project.
  -- A file outside any repository is served as well, with the `.claude` folder that it belongs to.
  root_markers = { '.git' },
}
