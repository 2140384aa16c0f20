"""Files that an edition brings: pictures, drawings, PDFs, ICC profiles, style sheets, fonts."""
