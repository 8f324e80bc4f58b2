"""Work in the background: who is behind it, how it is shown, what to do when its job is lost (后台任务)."""
