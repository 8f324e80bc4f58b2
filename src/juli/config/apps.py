from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AssemblyConfig(AppConfig):
    name = "juli.config"
    label = "assembly"
    verbose_name = _("总装")

    def ready(self) -> None:
        """Make the lists and ledgers known that no domain declares."""
        from juli.config.accounts.ledger_entry import ENTRY
        from juli.config.wiring import REGISTERS
        from juli.engines.desk import lists
        from juli.engines.sheet import entries

        lists.declare(REGISTERS)
        entries.declare(ENTRY)
