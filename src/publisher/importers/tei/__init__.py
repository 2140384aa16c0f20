"""TEI P5 documents to the document model: https://tei-c.org/release/doc/tei-p5-doc/en/html/."""
