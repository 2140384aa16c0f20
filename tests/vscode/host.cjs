// As much of VS Code's API as the extension and its language client use: a host that opens one document and prints
// what is published about it. node host.cjs EXTENSION COMMAND DOCUMENT
"use strict";

const fs = require("node:fs");
const Module = require("node:module");
const { pathToFileURL, fileURLToPath } = require("node:url");

const [extension, command, path] = process.argv.slice(2);

class Disposable {
  constructor(work = () => {}) { this.dispose = work; }
  static from(...all) { return new Disposable(() => all.forEach((one) => one.dispose())); }
}
class EventEmitter {
  listeners = new Set();
  event = (listener, self) => {
    const bound = self ? listener.bind(self) : listener;
    this.listeners.add(bound);
    return new Disposable(() => this.listeners.delete(bound));
  };
  fire(value) { for (const one of this.listeners) one(value); }
  dispose() { this.listeners.clear(); }
}
class Uri {
  constructor(text) { this.text = text; this.scheme = text.split(":")[0]; this.path = new URL(text).pathname; }
  static parse(text) { return new Uri(text); }
  static file(name) { return new Uri(pathToFileURL(name).href); }
  get fsPath() { return fileURLToPath(this.text); }
  toString() { return this.text; }
  with() { return this; }
  toJSON() { return this.text; }
}
class Position { constructor(line, character) { Object.assign(this, { line, character }); } }
class Range { constructor(start, end) { Object.assign(this, { start, end }); } }
class CancellationTokenSource {
  emitter = new EventEmitter();
  token = { isCancellationRequested: false, onCancellationRequested: this.emitter.event };
  cancel() { this.emitter.fire(); }
  dispose() {}
}

const event = () => new EventEmitter().event;
const nothing = () => new Disposable();
// every other class of the API: values that the client makes and hands back to VS Code
const anyClass = () => class { constructor(...given) { this.given = given; } };
// every other function: registers something, or shows nothing
const part = (known) => new Proxy(known, { get: (all, name) => (name in all ? all[name] : /^on(Did|Will)/.test(String(name)) ? event() : nothing) });

const document = {
  uri: Uri.file(path), languageId: "markdown", version: 1, isClosed: false, isDirty: false, fileName: path,
  getText: () => fs.readFileSync(path, "utf8"), lineCount: 1,
};
const collection = {
  set: (uri, found) => {
    console.log(JSON.stringify({ uri: uri.toString(), found: (found ?? []).map((one) => String(one.given?.[1] ?? one.message)) }));
  },
  delete: nothing, clear: nothing, dispose: nothing, has: () => false, get: () => [],
};
const channel = { append: nothing, appendLine: nothing, show: nothing, clear: nothing, dispose: nothing, trace: nothing,
  debug: nothing, info: nothing, warn: nothing, error: nothing, replace: nothing, hide: nothing, logLevel: 1, onDidChangeLogLevel: event() };

const known = {
  version: "1.99.0", Disposable, EventEmitter, Uri, Position, Range, CancellationTokenSource,
  env: part({ appName: "host", language: "en" }),
  commands: part({ getCommands: async () => [] }),
  languages: part({ createDiagnosticCollection: () => collection, match: () => 10 }),
  window: part({
    createOutputChannel: () => channel, activeTextEditor: { document }, visibleTextEditors: [{ document }],
    tabGroups: { all: [], onDidChangeTabs: event(), onDidChangeTabGroups: event() },
    showErrorMessage: async (words) => { console.log(JSON.stringify({ shown: words })); },
  }),
  workspace: part({
    textDocuments: [document], notebookDocuments: [], workspaceFolders: undefined,
    getConfiguration: () => ({ get: (name, otherwise) => (name === "command" ? command : otherwise), has: () => false, inspect: nothing }),
    createFileSystemWatcher: () => ({ onDidCreate: event(), onDidChange: event(), onDidDelete: event(), dispose: nothing }),
    getWorkspaceFolder: () => undefined,
  }),
};
const vscode = new Proxy(known, {
  get: (all, name) => {
    if (!(name in all)) all[name] = /^[A-Z]/.test(String(name)) ? new Proxy(anyClass(), { get: (one, key) => one[key] ?? (typeof key === "string" && /^[A-Z]/.test(key) ? key : one[key]) }) : part({});
    return all[name];
  },
});

const load = Module._load;
Module._load = function (name, ...rest) { return name === "vscode" ? vscode : load.call(this, name, ...rest); };

const { activate, deactivate } = require(extension);
process.stdin.on("data", async () => { await deactivate(); process.exit(0); });
activate({ subscriptions: [] }).then(() => console.log(JSON.stringify({ active: true })));
