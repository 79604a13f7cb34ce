"""The conversation and its doors: a private dialogue, groups and operators over one pure room."""
