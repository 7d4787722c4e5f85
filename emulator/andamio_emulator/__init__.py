"""Andamio's AWS emulator: moto's server, extended until Terraform's AWS provider can work against it.

Start it with ``python -m andamio_emulator``; ``emulator/README.md`` says how, and how to add a patch.
"""
