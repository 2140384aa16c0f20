"""PDF files read for the proof, without the libraries that write them."""
