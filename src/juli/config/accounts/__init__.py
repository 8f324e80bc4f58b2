"""账号与授权: who may sign in, with which duties, since when and until when, and why."""
