"""Answers: pure functions of a firm, each engine knowing none of the others."""
