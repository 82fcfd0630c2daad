"""The smallest change that turns a no into a yes, and the questions left."""
