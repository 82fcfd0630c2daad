"""What others have published, taken into a firm: ready sets and control catalogues."""
