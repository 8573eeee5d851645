"""Courses in the standards of the field: schema.org `Course` (read and written) and OOAPI v5 (read)."""
