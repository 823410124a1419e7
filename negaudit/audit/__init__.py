"""An audit: lint, fix, probe and report in one folder."""

from __future__ import annotations

from negaudit.audit.run import AuditOptions, AuditRun

__all__ = ["AuditOptions", "AuditRun"]
