"""What may and may not happen to unions, posts and memberships: pure rules, each with its refusal."""
