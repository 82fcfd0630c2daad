"""Assets and manifests checked on the command line, and bundles to check by."""
