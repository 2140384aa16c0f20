"""A language server: diagnostics, hovers, completion, navigation and quick fixes for any text editor.

It speaks the Language Server Protocol 3.17
(https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification/). `analysis` is what is
known of an edition, `server` the protocol; the modules between them answer one kind of request each.
"""
