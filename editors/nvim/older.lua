-- Neovim 0.7 to 0.10: copy to plugin/wrongfix.lua beside your init.lua.
local client -- one server for all records, on 0.7, which does not share clients by itself

vim.api.nvim_create_autocmd('FileType', {
  pattern = { 'markdown', 'yaml' },
  callback = function(event)
    local config = { name = 'wrongfix', cmd = { 'wrongfix', 'server' }, root_dir = vim.fn.getcwd() }
    if vim.lsp.start then
      vim.lsp.start(config)
    else
      client = client or vim.lsp.start_client(config)
      vim.lsp.buf_attach_client(event.buf, client)
    end
  end,
})
