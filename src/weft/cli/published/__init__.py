"""Commands about what others have published: ready sets and control catalogues."""
