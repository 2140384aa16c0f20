// Starts `publisher lsp` and lets VS Code ask it. Workspace settings cannot name the command (scope "machine"):
// an edition from somebody else must not choose what is run.
"use strict";

const { commands, window, workspace } = require("vscode");
const { LanguageClient } = require("vscode-languageclient/node");

const LANGUAGES = ["markdown", "plaintext", "yaml"];
let client;

async function start() {
  const command = workspace.getConfiguration("publisher").get("command", "publisher");
  client = new LanguageClient(
    "publisher",
    "publisher",
    { command, args: ["lsp"] },
    {
      documentSelector: LANGUAGES.map((language) => ({ scheme: "file", language })),
      synchronize: { fileEvents: workspace.createFileSystemWatcher("**/*.{md,txt,yaml,json,bib,ris,css,j2}") },
    },
  );
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    window.showErrorMessage(
      `The command “${command}” does not start (${error?.message ?? error}). Install publisher, or set publisher.command.`,
    );
  }
}

async function deactivate() {
  const stopped = client;
  client = undefined;
  await stopped?.stop();
}

async function activate(context) {
  context.subscriptions.push(
    commands.registerCommand("publisher.restart", async () => {
      await deactivate();
      await start();
    }),
  );
  await start();
}

module.exports = { activate, deactivate };
