//! Starts `wrongfix server` for Markdown and YAML; it installs nothing.

use zed_extension_api::{self as zed, Command, LanguageServerId, Result, Worktree};

struct Wrongfix;

impl zed::Extension for Wrongfix {
    fn new() -> Self {
        Wrongfix
    }

    fn language_server_command(&mut self, _: &LanguageServerId, worktree: &Worktree) -> Result<Command> {
        let command = worktree.which("wrongfix").ok_or("wrongfix is not on PATH: install it with pip or pipx")?;
        Ok(Command { command, args: vec!["server".to_string()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Wrongfix);
