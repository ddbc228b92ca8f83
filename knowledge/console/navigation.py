"""The left navigation: every screen in its order, and the permission that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from .access.permissions import Permission


@dataclass(frozen=True, slots=True)
class Screen:
    """`key` names its label in texts (`console.screens`)."""

    key: str
    path: str
    permission: Permission


SCREENS: tuple[Screen, ...] = (
    Screen("overview", "/console/", Permission.READ_REPORTS),
    Screen("inbox", "/console/inbox", Permission.READ_INBOX),
    Screen("answers", "/console/answers", Permission.READ_ANSWERS),
    Screen("documents", "/console/documents", Permission.READ_DOCUMENTS),
    Screen("contacts", "/console/contacts", Permission.READ_CONTACTS),
    Screen("handovers", "/console/handovers", Permission.READ_HANDOVERS),
    Screen("reports", "/console/reports", Permission.READ_REPORTS),
    Screen("audit", "/console/audit", Permission.READ_AUDIT),
    Screen("settings", "/console/settings", Permission.ERASE),
    Screen("accounts", "/console/accounts", Permission.MANAGE_ACCOUNTS),
)


def current(path: str) -> str:
    """The key of the screen that a path belongs to; empty where it belongs to none."""
    if path == "/console/":
        return "overview"
    return next((s.key for s in SCREENS[1:] if path == s.path or path.startswith(f"{s.path}/")), "")
