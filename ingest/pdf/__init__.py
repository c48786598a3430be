"""Reading PDFs: from what pdfium gives of a page to its text, in order, without what nobody sees."""
