" agentls in Vim with vim-lsp: add this to your vimrc.

augroup agentls
  autocmd!
  autocmd User lsp_setup call lsp#register_server({
  \   'name': 'agentls',
  \   'cmd': {server_info -> ['agentls', '--stdio']},
  \   'allowlist': ['markdown'],
  \   'root_uri': {server_info -> lsp#utils#path_to_uri(
  \     lsp#utils#find_nearest_parent_file_directory(lsp#utils#get_buffer_path(), '.git/'))},
  \ })
augroup END
