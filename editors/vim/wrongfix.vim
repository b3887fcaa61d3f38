" Vim 8 and newer with ALE: copy to after/plugin/wrongfix.vim in your Vim folder.

function! s:Root(buffer) abort
  for l:name in ['wrongfix.toml', '.wrongfix.toml']
    let l:file = ale#path#FindNearestFile(a:buffer, l:name)
    if !empty(l:file)
      return fnamemodify(l:file, ':h')
    endif
  endfor
  let l:git = ale#path#FindNearestDirectory(a:buffer, '.git')
  return empty(l:git) ? fnamemodify(bufname(a:buffer), ':p:h') : fnamemodify(l:git, ':h:h')
endfunction

for s:type in ['markdown', 'yaml']
  call ale#linter#Define(s:type, {
  \ 'name': 'wrongfix',
  \ 'lsp': 'stdio',
  \ 'executable': 'wrongfix',
  \ 'command': '%e server',
  \ 'project_root': function('s:Root'),
  \})
endfor
