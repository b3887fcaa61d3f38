-- Neovim 0.11 and newer: copy to lsp/wrongfix.lua beside your init.lua, then vim.lsp.enable('wrongfix').
return {
  cmd = { 'wrongfix', 'server' },
  filetypes = { 'markdown', 'yaml' },
  root_markers = { { 'wrongfix.toml', '.wrongfix.toml' }, '.git' },
}
