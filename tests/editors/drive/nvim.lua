-- Opens the record in Neovim, asks for the code action under the cursor, takes the first, saves.
-- Prints what it saw; the caller compares it and the file. Works from Neovim 0.7 on.
local function fail(why)
  io.stderr:write(why .. '\n')
  vim.cmd('cquit 1')
end
local function wait(seconds, condition, why)
  if not vim.wait(seconds * 1000, condition, 20) then fail(why) end
end

vim.cmd('edit ' .. os.getenv('RECORD'))
local buffer = vim.api.nvim_get_current_buf()
wait(20, function() return #vim.diagnostic.get(buffer) > 0 end, 'no finding came; filetype is ' .. vim.bo.filetype)
local found = vim.diagnostic.get(buffer)
local line = vim.api.nvim_buf_get_lines(buffer, found[1].lnum, found[1].lnum + 1, false)[1]
io.stdout:write(('finding %d:%d:%s %s\n'):format(
  found[1].lnum + 1, found[1].col + 1, line:sub(found[1].col + 1, found[1].end_col), found[1].source))

vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col })
vim.ui.select = function(items, options, choose)
  io.stdout:write('action ' .. options.format_item(items[1]) .. '\n')
  choose(items[1], 1)
end
vim.lsp.buf.code_action()
wait(10, function() return #vim.diagnostic.get(buffer) == 0 end, 'the finding stayed')
vim.cmd('silent write')
vim.cmd('qall!')
