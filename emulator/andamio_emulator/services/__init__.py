"""The patches, one module or package for each AWS service. Every module here is loaded when the emulator starts."""
