"""The command line: files, terminal and exit status; it never imports what the language server rests on."""
