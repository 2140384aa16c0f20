"""What a PDF shows, glyph by glyph: text with its places and colours, pictures, boxes, and the lines they make."""
