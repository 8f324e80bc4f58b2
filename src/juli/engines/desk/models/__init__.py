"""What the desk keeps for whoever sits at it."""

from juli.engines.desk.models.keeping import Draft, Recent, SavedFilter
from juli.engines.desk.models.running import BulkItem, BulkRun, Export
from juli.engines.desk.models.sending import SentForm

__all__ = ["BulkItem", "BulkRun", "Draft", "Export", "Recent", "SavedFilter", "SentForm"]
