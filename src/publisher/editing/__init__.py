"""Changes in the files of an edition that an editor asks for, and the places of what is wrong: for every interface.

The preview uses it, and so can a language server. Texts come in and texts go out; only `saving` writes a file.
"""
