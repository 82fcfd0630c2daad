// The limit on a threshold curve, dragged with the pointer or moved with the keys.

const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

/** Make the limits of all curves below an element movable. */
export function startCurves(root) {
  for (const figure of root.querySelectorAll(".curve[data-stops]")) start(figure);
}

function start(figure) {
  const field = document.querySelector(`[name="${CSS.escape(figure.dataset.limit)}"]`);
  const handle = figure.querySelector(".curve-handle");
  const line = figure.querySelector(".curve-plot .curve-drafted");
  const told = figure.querySelector(".curve-told");
  const stops = JSON.parse(figure.dataset.stops);
  let at = Number(figure.dataset.here);
  let begun = at;
  if (!field || stops.length < 2) return;

  function show(next) {
    at = Math.min(Math.max(next, 0), stops.length - 1);
    const [x, , text, breaks] = stops[at];
    handle.style.left = `${x}%`;
    line.setAttribute("x1", x * 10);
    line.setAttribute("x2", x * 10);
    told.textContent = `At ${text}: ${breaks.toLocaleString("en")} break`;
    handle.setAttribute("aria-valuenow", at);
    handle.setAttribute("aria-valuetext", `${text}: ${breaks.toLocaleString("en")} break`);
  }

  function set() {
    if (at === begun) return;
    begun = at;
    field.value = stops[at][1];
    field.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function nearest(event) {
    const box = handle.parentElement.getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * 100;
    let best = 0;
    stops.forEach(([there], n) => {
      if (Math.abs(there - x) < Math.abs(stops[best][0] - x)) best = n;
    });
    return best;
  }

  handle.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    handle.focus();
    handle.setPointerCapture(event.pointerId);
  });
  handle.addEventListener("pointermove", (event) => {
    if (handle.hasPointerCapture(event.pointerId)) show(nearest(event));
  });
  handle.addEventListener("pointerup", set);
  handle.addEventListener("pointercancel", () => show(begun));
  handle.addEventListener("keydown", (event) => {
    const ends = { Home: 0, End: stops.length - 1 };
    if (event.key in STEPS) show(at + STEPS[event.key]);
    else if (event.key in ends) show(ends[event.key]);
    else return;
    event.preventDefault();
    set();
  });
  handle.hidden = false;
  told.hidden = false;
  show(at);
}

startCurves(document);
