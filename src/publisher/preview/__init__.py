"""The local preview of an edition or a reader: a page that follows its files, and the terminal that does so.

`serving` is the server, `session` what it knows. Everything that reads what editors wrote runs in `host` and its jobs,
in processes of their own: `job` makes what is seen, `edits` changes files.
"""
