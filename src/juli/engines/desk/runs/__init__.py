"""Everything that runs or ran in the background for one account, on one page (后台任务)."""
