"""negaudit finds warnings that teach what they warn against in fine-tuning data."""
