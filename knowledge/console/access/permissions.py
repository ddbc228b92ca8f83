"""What each role may do: one literal table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    READER = "reader"
    EDITOR = "editor"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


class Permission(StrEnum):
    READ_INBOX = "read_inbox"
    WORK_INBOX = "work_inbox"
    READ_ANSWERS = "read_answers"
    WRITE_ANSWERS = "write_answers"
    APPROVE_ANSWERS = "approve_answers"
    READ_DOCUMENTS = "read_documents"
    MANAGE_DOCUMENTS = "manage_documents"
    READ_CONTACTS = "read_contacts"
    MANAGE_CONTACTS = "manage_contacts"
    READ_HANDOVERS = "read_handovers"
    ANSWER_HANDOVERS = "answer_handovers"
    READ_REPORTS = "read_reports"
    READ_AUDIT = "read_audit"
    ERASE = "erase"
    MANAGE_ACCOUNTS = "manage_accounts"


_READER = frozenset(
    {
        Permission.READ_INBOX,
        Permission.READ_ANSWERS,
        Permission.READ_DOCUMENTS,
        Permission.READ_CONTACTS,
        Permission.READ_REPORTS,
    }
)
_EDITOR = _READER | {
    Permission.WORK_INBOX,
    Permission.WRITE_ANSWERS,
    Permission.MANAGE_DOCUMENTS,
    Permission.MANAGE_CONTACTS,
    Permission.READ_HANDOVERS,
    Permission.ANSWER_HANDOVERS,
}
_APPROVER = _EDITOR | {Permission.APPROVE_ANSWERS, Permission.READ_AUDIT}

PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.READER: _READER,
    Role.EDITOR: _EDITOR,
    Role.APPROVER: _APPROVER,
    Role.ADMINISTRATOR: frozenset(Permission),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in. `id` is the account's: it never changes, a name may."""

    id: str
    name: str
    roles: frozenset[Role]

    def may(self, permission: Permission) -> bool:
        return any(permission in PERMISSIONS[role] for role in self.roles)


def roles_of(names: Iterable[str]) -> frozenset[Role]:
    """The roles of these names; a name that is none gives nothing."""
    given = set(names)
    return frozenset(role for role in Role if role in given)
