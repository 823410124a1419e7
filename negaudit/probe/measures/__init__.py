"""What is read off a model, one measure a file."""
