"""Every screen of the console that axe looks at, by the role that sees the most of it. A new screen is a line here."""

from __future__ import annotations

SCREENS: tuple[str, ...] = (
    "/console/",
    "/console/inbox",
    "/console/answers",
    "/console/answers/new",
    "/console/documents",
    "/console/contacts",
    "/console/handovers",
    "/console/reports",
    "/console/audit",
    "/console/settings",
    "/console/accounts",
    "/console/nowhere",
)
