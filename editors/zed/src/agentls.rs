//! Starts the `agentls` that is on PATH, or the one that the settings name.

use zed_extension_api::{self as zed, settings::LspSettings, LanguageServerId, Result};

struct Agentls;

impl zed::Extension for Agentls {
    fn new() -> Self {
        Agentls
    }

    fn language_server_command(
        &mut self,
        server: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<zed::Command> {
        let named = LspSettings::for_worktree(server.as_ref(), worktree)
            .ok()
            .and_then(|settings| settings.binary)
            .and_then(|binary| binary.path);
        let command = named
            .or_else(|| worktree.which("agentls"))
            .ok_or("agentls is not on PATH: install it, or name it in lsp.agentls.binary.path")?;
        Ok(zed::Command {
            command,
            args: vec!["--stdio".into()],
            env: worktree.shell_env(),
        })
    }

    fn language_server_workspace_configuration(
        &mut self,
        server: &LanguageServerId,
        worktree: &zed::Worktree,
    ) -> Result<Option<zed::serde_json::Value>> {
        let settings = LspSettings::for_worktree(server.as_ref(), worktree)?.settings;
        Ok(settings.map(|own| zed::serde_json::json!({ "agentls": own })))
    }
}

zed::register_extension!(Agentls);
