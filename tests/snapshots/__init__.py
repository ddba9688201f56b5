"""Pictures of the app, compared with those that were accepted."""
