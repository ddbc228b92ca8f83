"""Every router of the console, a screen each."""

from __future__ import annotations

from fastapi import APIRouter

from .access import routes as access
from .accounts import routes as accounts
from .answers import routes as answers
from .audit import routes as audit
from .contacts import routes as contacts
from .documents import routes as documents
from .handovers import routes as handovers
from .inbox import routes as inbox
from .overview import routes as overview
from .reports import routes as reports
from .settings import routes as settings

ROUTERS: tuple[APIRouter, ...] = (
    access.router,
    accounts.router,
    answers.router,
    documents.router,
    contacts.router,
    handovers.router,
    inbox.router,
    overview.router,
    reports.router,
    audit.router,
    settings.router,
)
