"""A document to keep, such as a plan: its lines (`document`) on the pages of a PDF (`page`)."""
