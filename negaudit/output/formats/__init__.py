"""The output formats, one a file; each file bears its format's name."""
