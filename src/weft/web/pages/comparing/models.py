"""The pages of operating models: all of them, and one with every parameter."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.response import Response

from weft.app.comparing.models import every_model, model_called, model_text, shown
from weft.web.context import Html, Page
from weft.web.params import Key


@get("/models", sync_to_thread=True, operation="look")
def models(page: NamedDependency[Page]) -> Html:
    """Show the operating models that come with Weft."""
    return page.show("models.html", models=list(every_model().values()))


@get("/models/{name:str}", sync_to_thread=True, operation="look")
def model(page: NamedDependency[Page], name: Key) -> Html:
    """Show one, with every parameter that it uses."""
    found = shown(model_called(name), page.view.firm)
    return page.show("model.html", model=found)


@get("/models/{name:str}/model.toml", sync_to_thread=True, operation="look")
def take(name: Key) -> Response[str]:
    """Give one as a file, to make one's own of."""
    return Response(
        model_text(name),
        media_type="application/toml",
        headers={"Content-Disposition": f'attachment; filename="{name}.toml"'},
    )


HANDLERS = [models, model, take]
