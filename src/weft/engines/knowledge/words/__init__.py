"""The words by which job titles are understood: tables, curated by hand."""
