"""Measures what data teaches: trains small adapters on versions of it and reads them off."""
