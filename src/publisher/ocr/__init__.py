"""Words of scanned pages, recognised by OCRmyPDF and Tesseract if these are installed."""
