"""HTTP: the pages and the API. Read, call one app function, show."""
