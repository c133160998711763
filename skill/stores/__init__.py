"""Where the memory between sessions is kept, behind the SDK's AbstractPersistenceAdapter.

`store` says what all stores promise, `address` which one a setting means, and `guard` what stands before it.
"""
