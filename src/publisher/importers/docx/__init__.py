"""Office Open XML documents (DOCX) to the document model: ECMA-376, part 1, in the transitional and the strict form."""
