" ALE finds this file when the folder `editors/vim` is on the runtimepath.

call ale#Set('markdown_agentls_executable', 'agentls')

" Not `.claude`: that lies in the home folder, too, and all of home would become the project.
function! ale_linters#markdown#agentls#GetProjectRoot(buffer) abort
  let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
  return empty(l:git) ? fnamemodify(bufname(a:buffer), ':p:h') : fnamemodify(l:git, ':h:h')
endfunction

call ale#linter#Define('markdown', {
\   'name': 'agentls',
\   'lsp': 'stdio',
\   'executable': {buffer -> ale#Var(buffer, 'markdown_agentls_executable')},
\   'command': '%e --stdio',
\   'project_root': function('ale_linters#markdown#agentls#GetProjectRoot'),
\})
