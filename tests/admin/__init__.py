"""The operators' office: who may come in, what each command does, and the trail that it leaves."""
