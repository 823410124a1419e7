"""Repairs data: proposes a remedy for each framed record, verifies it, writes it."""
