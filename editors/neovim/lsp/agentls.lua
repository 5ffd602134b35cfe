-- Neovim 0.11 or newer reads this file after `vim.lsp.enable('agentls')`.
-- agentls itself decides which Markdown files it has anything to say about.

-- A server that ends once is started again; one that ends again and again is left alone.
local LIMIT, PERIOD = 5, 180
local TERMINATED = 15
local ends = {}

---@type vim.lsp.Config
return {
  cmd = { 'agentls', '--stdio' },
  filetypes = { 'markdown' },
  -- Not `.claude`: that lies in the home folder, too, and all of home would become the project.
  -- A file outside any repository is served as well, with the `.claude` folder that it belongs to.
  root_markers = { '.git' },
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
