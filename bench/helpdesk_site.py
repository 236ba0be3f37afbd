"""Django-helpdesk as the bench beside other programs asks it: a site of its own, without pages and without mail."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from io import StringIO
from pathlib import Path
from types import ModuleType
from typing import Any

from attrs import frozen
from store import OPEN, SAID  # type: ignore[import-not-found]


@frozen
class Helpdesk:
    """Django-helpdesk, with its models and functions and without its pages."""

    queue: Any
    user: Any
    chance: random.Random

    def take_in(self) -> None:
        """See `peers.Peer`."""
        from django.db import transaction
        from helpdesk.forms import TicketForm

        said = {
            "queue": self.queue.id,
            "title": SAID,
            "body": SAID,
            "priority": "3",
        }
        form = TicketForm(data=said, queue_choices=[(self.queue.id, "desk")], body_reqd=True)
        assert form.is_valid(), form.errors
        with transaction.atomic():
            form.save(self.user)

    def update(self) -> None:
        """See `peers.Peer`."""
        from django.db import transaction
        from helpdesk.models import Ticket
        from helpdesk.update_ticket import update_ticket

        with transaction.atomic():
            ticket = Ticket.objects.get(id=self.chance.randint(1, OPEN))
            update_ticket(self.user, ticket, comment=SAID, public=True)


def _urls() -> ModuleType:
    """Where its pages would be: its messages name them."""
    pages = ModuleType("pages")

    def patterns(_: str) -> list[Any]:
        from django.urls import include, path

        return [path("", include("helpdesk.urls", namespace="helpdesk"))]

    pages.__getattr__ = patterns  # type: ignore[method-assign]  # not before the settings are known
    return pages


@contextmanager
def helpdesk(folder: Path) -> Iterator[Helpdesk]:
    """A new site with a queue of open tickets."""
    import django
    from django.conf import settings

    folder.mkdir()
    settings.configure(
        SECRET_KEY="bench",
        USE_TZ=True,
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend",
        SITE_ID=1,
        ROOT_URLCONF=_urls(),
        HELPDESK_TEAMS_MODE_ENABLED=False,
        HELPDESK_DEFAULT_SETTINGS={},
        TEMPLATES=[{"BACKEND": "django.template.backends.django.DjangoTemplates"}],
        MEDIA_ROOT=str(folder / "media"),
        INSTALLED_APPS=[
            "django.contrib.auth",
            "django.contrib.contenttypes",
            "django.contrib.sessions",
            "django.contrib.sites",
            "django.contrib.humanize",
            "django.contrib.messages",
            "django.contrib.admin",
            "rest_framework",
            "helpdesk",
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": str(folder / "db.sqlite3"),
                "OPTIONS": {"init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"},
            }
        },
    )
    django.setup()
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.db import connection, transaction
    from helpdesk.models import Queue

    with redirect_stdout(StringIO()):
        call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA synchronous").fetchone() == (2,), "full sync"
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    user = User.objects.create(username="li", is_staff=True)
    found = Helpdesk(
        Queue.objects.create(title="desk", slug="desk", allow_public_submission=True), user, random.Random(2)
    )
    with transaction.atomic():
        for _ in range(OPEN):
            found.take_in()
    try:
        yield found
    finally:
        connection.close()
