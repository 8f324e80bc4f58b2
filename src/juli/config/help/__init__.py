"""The help of the console: the user manual, chapter by chapter, and which page leads to which part of it."""
