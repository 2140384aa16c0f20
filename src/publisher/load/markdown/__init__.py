"""CommonMark with what editions need beside it: the only place that imports markdown-it."""
