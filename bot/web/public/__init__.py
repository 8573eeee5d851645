"""What the pages for people share: one site with its templates, words, style sheet, headers and proxies."""
