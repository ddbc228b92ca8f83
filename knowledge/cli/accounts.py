"""`accounts`: who may enter the console with an account of its own. The first one is made here."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from typing import Annotated

import typer

from .. import bootstrap
from ..clock import in_sweden
from ..console.access.entrance import Entrance
from ..console.access.passwords import MAXIMUM, MINIMUM, weakness
from ..console.access.permissions import Role
from ..errors import NotPossible
from ..settings import read_settings
from ..store.accounts import Account

NAME = "accounts"
app = typer.Typer(help="Konton till konsolen. / Accounts of the console.", no_args_is_help=True)

_BY = "command line"  # who did it, in the audit log
_ROLES = {
    Role.READER: "läsare",
    Role.EDITOR: "redaktör",
    Role.APPROVER: "godkännare",
    Role.ADMINISTRATOR: "förvaltare",
}
_WEAK = {
    "too_short": f"Lösenordet är för kort. Välj minst {MINIMUM} tecken, till exempel fyra ord som inte hör ihop.",
    "too_long": f"Lösenordet är för långt. Välj högst {MAXIMUM} tecken.",
    "easy": "Lösenordet är lätt att gissa. Välj fyra ord som inte hör ihop, och inte ditt namn.",
}
_NOT_POSSIBLE = {
    "account_exists": "Namnet är upptaget. `accounts list` visar alla konton.",
    "last_administrator": "Det är den sista förvaltaren. Ge först någon annan rollen administrator.",
    "roles_from_provider": "Rollerna kommer från kommunens inloggning. Ändra dem där.",
    "password_at_provider": "Lösenordet hör till kommunens inloggning. Byt det där.",
}

SignInName = Annotated[str, typer.Argument(metavar="NAMN", help="Användarnamn. / User name.")]
Roles = Annotated[list[Role], typer.Option("--role", help="Roll, kan upprepas. / Role, may be repeated.")]


@app.command()
def add(
    sign_in_name: SignInName,
    name: Annotated[str, typer.Option("--name", help="Personens namn. / The person's name.")],
    role: Roles,
) -> None:
    """Gör ett konto. Lösenordet frågas efter, eller läses från stdin. / Makes an account; asks for the password."""
    entrance = _open()
    if not name.strip() or not sign_in_name.strip() or len(sign_in_name) > 100:
        raise _refused("Skriv ett användarnamn på högst 100 tecken och personens namn med --name.")
    if entrance.accounts.local(sign_in_name):
        raise _refused(_NOT_POSSIBLE["account_exists"])
    hashed = entrance.passwords.hash(_new_password(sign_in_name, name))
    try:
        account = entrance.accounts.add_local(sign_in_name, name, role, hashed, by=_BY)
    except NotPossible as error:
        raise _refused(_NOT_POSSIBLE[error.code]) from error
    typer.echo(f"Kontot finns nu. {_line(account)}")


@app.command("list")
def list_accounts() -> None:
    """Listar kontona. / Lists the accounts."""
    found = _open().accounts.all()
    for account in found:
        typer.echo(_line(account))
    if not found:
        typer.echo("Det finns inga konton. Gör det första med `accounts add`.")


@app.command()
def roles(sign_in_name: SignInName, role: Roles) -> None:
    """Byter roller. Personen får logga in igen. / Changes the roles; the person signs in again."""
    entrance = _open()
    account = _find(entrance, sign_in_name)
    _change(lambda: entrance.accounts.set_roles(account.id, role, by=_BY))
    typer.echo(_line(entrance.accounts.get(account.id)))


@app.command()
def password(sign_in_name: SignInName) -> None:
    """Byter lösenord. Personen loggas ut överallt. / Changes the password; signs the person out everywhere."""
    entrance = _open()
    account = _find(entrance, sign_in_name)
    hashed = entrance.passwords.hash(_new_password(account.sign_in_name, account.name))
    _change(lambda: entrance.accounts.set_password(account.id, hashed, by=_BY))
    typer.echo(f"Lösenordet för {account.sign_in_name} är bytt.")


@app.command()
def disable(sign_in_name: SignInName) -> None:
    """Stänger av ett konto och loggar ut personen. / Disables an account and signs the person out."""
    entrance = _open()
    account = _find(entrance, sign_in_name)
    _change(lambda: entrance.accounts.disable(account.id, by=_BY))
    typer.echo(f"{account.sign_in_name} är avstängt.")


@app.command()
def enable(sign_in_name: SignInName) -> None:
    """Öppnar ett avstängt konto igen. / Opens a disabled account again."""
    entrance = _open()
    account = _find(entrance, sign_in_name)
    entrance.accounts.enable(account.id, by=_BY)
    typer.echo(f"{account.sign_in_name} är i bruk igen.")


def _open() -> Entrance:
    return bootstrap.open_entrance(read_settings())


def _find(entrance: Entrance, sign_in_name: str) -> Account:
    """By the name that `list` shows."""
    if found := entrance.accounts.local(sign_in_name):
        return found[0]
    named = [account for account in entrance.accounts.all() if account.sign_in_name == sign_in_name]
    if len(named) != 1:
        raise _refused(f"Inget konto heter {sign_in_name}. `accounts list` visar alla.")
    return named[0]


def _new_password(sign_in_name: str, name: str) -> str:
    if sys.stdin.isatty():
        given = getpass.getpass("Lösenord: ")
        if given != getpass.getpass("En gång till: "):
            raise _refused("De två lösenorden är olika. Kör igen.")
    else:
        given = sys.stdin.readline().rstrip("\r\n")
    if why := weakness(given, sign_in_name, name):
        raise _refused(_WEAK[why])
    return given


def _change(change: Callable[[], None]) -> None:
    try:
        change()
    except NotPossible as error:
        raise _refused(_NOT_POSSIBLE[error.code]) from error


def _line(account: Account) -> str:
    shown = ", ".join(_ROLES[Role(role)] for role in account.roles)
    seen = f"senast inloggad {in_sweden(account.signed_in_at):%Y-%m-%d}" if account.signed_in_at else "aldrig inloggad"
    off = "" if account.active else ", avstängt"
    origin = "" if account.local else ", från kommunens inloggning"
    return f"{account.sign_in_name}  {account.name}: {shown}{origin} ({seen}{off})"


def _refused(text: str) -> typer.Exit:
    """Says why on the way out: `raise _refused(…)`."""
    typer.echo(f"Fel: {text}", err=True)
    return typer.Exit(1)
