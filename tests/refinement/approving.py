"""Approves what waits in a database, one after the other, until it is killed. Run by test_killed.py."""

from __future__ import annotations

import sys

from knowledge.clock import SystemClock
from knowledge.refinement import transitions
from knowledge.refinement.datatypes import Filters, Person
from knowledge.store.engine import open_engine
from knowledge.store.refined import SqlRefinedStore

if __name__ == "__main__":
    clock = SystemClock()
    store = SqlRefinedStore(open_engine(sys.argv[1]), clock)
    ali = Person("ali", "Ali Approver")
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    while rows := store.page(Filters(state="review", page_size=100), clock.today()).rows:
        for row in rows:
            store.change(row.id, None, transitions.approved(ali, clock.now(), "Bra.", ""), ali, "approved", {})
