"""Every screen of the console that axe looks at, by the role that sees the most of it. A new screen is a line here."""

from __future__ import annotations

SCREENS: tuple[str, ...] = (
    "/console/",
    "/console/inbox",
    "/console/answers",
    "/console/answers/new",
    "/console/documents",
    "/console/documents/barn-orosanmalan",
    "/console/documents/upload",
    "/console/contacts",
    "/console/contacts/lansstyrelsen-stockholm-samordning",
    "/console/contacts/lansstyrelsen-stockholm-samordning/edit",
    "/console/contacts/lansstyrelsen-stockholm-samordning/retire",
    "/console/contacts/new",
    "/console/contacts/import",
    "/console/handovers",
    "/console/reports",
    "/console/audit",
    "/console/settings",
    "/console/accounts",
    "/console/nowhere",
)
