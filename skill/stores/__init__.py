"""Where the memory between sessions is kept, behind the SDK's AbstractPersistenceAdapter."""
