"""A process that imports a roster into the database of the tests, so that it can be killed at any moment."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path


def main(database: str, batch_id: int, file: str) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "juli.config.settings.test"
    import django

    django.setup()
    from django.db import connection

    connection.settings_dict["NAME"] = database
    connection.settings_dict["OPTIONS"]["options"] = "-c role=juli_app"

    from juli.domains.registry.posting import firstload
    from juli.domains.registry.roster import importing
    from juli.engines.scope import walls
    from juli.engines.sheet.telling import Standing, Teller

    def say(standing: Standing) -> None:
        print(f"{standing.phase} {standing.done}", flush=True)

    def clock() -> datetime:
        return datetime(2019, 5, 9, 10, 0, tzinfo=UTC)

    firstload.WORTH_WHILE = 1
    actor = walls.system("测试")
    with Teller(batch_id, actor=actor, clock=clock, also=say) as teller:
        importing.run(batch_id, actor=actor, clock=clock, teller=teller, at_hand=Path(file))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
