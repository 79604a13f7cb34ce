"""The operators' office: who may come in, and every command that may be given there."""
