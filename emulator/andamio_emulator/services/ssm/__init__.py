"""Systems Manager: associations, patching, maintenance windows, and settings of the account."""
