"""What the pages of the registry ask for: each form's values are what one action takes."""
