"""The pages of "may we?": asking, the answer, and all answers before."""

from __future__ import annotations

from weft.web.pages.asking import answers, form

HANDLERS = [*form.HANDLERS, *answers.HANDLERS]
