" An hour's work in Vim with ALE: vim -es -u NONE -S ale_work.vim
" What is seen is recorded; the expectations are in test_vim.py.

set nocompatible noswapfile nobackup encoding=utf-8 hidden
let &runtimepath = $AGENTLS_VIM . ',/usr/share/vim-ale,' . &runtimepath
let g:ale_linters = {'markdown': ['agentls']}
let g:ale_lint_on_enter = 1
filetype plugin on
runtime plugin/ale.vim

let s:facts = {}
let s:looks = 0

function! s:Record(name, value) abort
  let s:facts[a:name] = a:value
  call writefile([json_encode(s:facts)], $AGENTLS_FACTS . '/facts.json')
endfunction

function! s:Until(what, Ask) abort
  for l:_ in range(2400)
    let l:answer = a:Ask()
    if !empty(l:answer)
      return l:answer
    endif
    sleep 50m
  endfor
  throw 'waited in vain for ' . a:what
endfunction

function! s:Own() abort
  return copy(get(get(g:ale_buffer_info, bufnr(''), {}), 'loclist', []))
endfunction

function! s:Findings(count) abort
  call s:Until(a:count . ' findings', {-> len(s:Own()) == a:count})
  return map(s:Own(), {_, one -> [get(one, 'code', ''), strpart(getline(one.lnum), one.col - 1, one.end_col - one.col + 1)]})
endfunction

function! s:Open(name) abort
  execute 'edit' fnameescape($AGENTLS_PROJECT . '/' . a:name)
  doautocmd BufEnter
  call ale#Queue(0)
endfunction

function! s:GoTo(words) abort
  call cursor(1, 1)
  if !search('\V' . a:words, 'cW')
    throw 'there is no ' . a:words
  endif
endfunction

function! s:Preview() abort
  for l:buffer in getbufinfo()
    if getbufvar(l:buffer.bufnr, '&filetype') =~# '^ale-preview'
      return join(getbufline(l:buffer.bufnr, 1, '$'), "\n")
    endif
  endfor
endfunction

" The number of the process that writes this test's log.
function! s:Server() abort
  let l:lines = filter(systemlist('ps -ewwo pid=,args='), {_, line -> line =~# '--stdio.*' . $AGENTLS_FACTS})
  return split(l:lines[0])[0]
endfunction

" The action of this title, chosen as from the menu.
function! s:Repair(title) abort
  let s:title = a:title
  call ale#codefix#Execute(0, function('s:Choose'))
endfunction

function! s:Choose(data, items) abort
  for [l:_, l:item] in a:items
    if l:item.title is# s:title
      call ale#codefix#ApplyLSPCodeAction(a:data, l:item)
    endif
  endfor
endfunction

function! s:TakeFirst(timer) abort
  let s:looks += 1
  " Without a screen no menu is visible.
  if !empty(complete_info(['items']).items) || s:looks == 1200
    call timer_stop(a:timer)
    call feedkeys("\<C-y>\<Esc>", 't')
  endif
endfunction

" The findings after a change that a server has to be started for, which ALE does when it knows that the old one died.
function! s:FindingsOfAnother(count) abort
  call s:Until(a:count . ' findings of another server', {-> [ale#Queue(0), len(s:Own()) == a:count][1]})
  return s:Findings(a:count)
endfunction

function! s:Work() abort
  call s:Open('.claude/agents/reviewer.md')
  call s:Record('findings', s:Findings(3))

  call s:GoTo('clean-code')
  ALEGoToDefinition
  call s:Record('definition', s:Until('the definition', {-> expand('%:p') =~# 'SKILL.md$' ? expand('%:p') : ''}))
  call s:Open('.claude/agents/reviewer.md')

  call s:GoTo('Edit\n')
  ALEHover
  call s:Record('hover', s:Until('the hover', {-> s:Preview()}))

  setlocal omnifunc=ale#completion#OmniFunc
  " A key that is waiting would end the wait for the menu, so the last ones are typed when it is there.
  call timer_start(100, function('s:TakeFirst'), {'repeat': -1})
  call feedkeys("A, WebF\<C-x>\<C-o>", 'tx!')
  call s:Record('completed', getline('.'))
  call setline('.', strpart(getline('.'), 0, strridx(getline('.'), ',')))
  call ale#Queue(0)
  call s:Findings(3)

  call s:GoTo('Gerp')
  call s:Repair('Change to `Grep`')
  call s:Record('fixed', s:Until('the repair', {-> getline('.') =~# 'Grep' ? getline('.') : ''}))
  call ale#Queue(0)
  call s:Record('findingsAfterFix', s:Findings(2))

  call s:Open('README.md')
  sleep 1
  call s:Record('findingsInOtherMarkdown', s:Findings(0))

  " The server dies; the next change starts another one.
  buffer reviewer.md
  call system('kill -9 ' . s:Server())
  call s:GoTo('MultiEdit, ')
  normal! 2dw
  call s:Record('findingsAfterCrash', s:FindingsOfAnother(1))
  call s:Record('finished', 1)
endfunction

try
  call s:Work()
catch
  call s:Record('failure', v:exception . ' at ' . v:throwpoint . ' ' . json_encode(s:Own()))
endtry
qall!
