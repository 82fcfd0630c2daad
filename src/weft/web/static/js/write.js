// Writing a guardrail: what it would change is told anew while one writes.

import { startCurves } from "./curve.js";
import { startOffers } from "./offers.js";

const PAUSE = 250;
const form = document.getElementById("write");
let waiting = 0;
let asked = new AbortController();

/** Ask for the page with what is written, and put the parts named in their place. */
async function refresh(parts, button) {
  clearTimeout(waiting);
  asked.abort();
  asked = new AbortController();
  document.getElementById("trial").classList.add("waits");
  const body = new URLSearchParams(new FormData(form, button));
  try {
    const answer = await fetch(form.getAttribute("action"), {
      method: "POST",
      body,
      headers: { "hx-request": "true" },
      signal: asked.signal,
    });
    place(parts, new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch (error) {
    if (error.name === "AbortError") return;
    document.getElementById("trial").replaceChildren("Weft could not be reached. What you wrote is still here.");
  }
  document.getElementById("trial").classList.remove("waits");
}

function place(parts, page) {
  const active = document.activeElement?.id;
  const seen = document.getElementById("trial").scrollTop;
  for (const id of parts) {
    const fresh = page.getElementById(id);
    if (fresh) document.getElementById(id).replaceWith(document.adoptNode(fresh));
  }
  const mode = page.querySelector('[name="mode"]');
  if (mode && parts.includes("rule")) form.elements.mode.value = mode.value;
  document.getElementById("trial").scrollTop = seen;
  startCurves(document.getElementById("trial"));
  if (parts.includes("rule")) startOffers(document.getElementById("text"));
  const there = active && document.getElementById(active);
  if (there && there !== document.activeElement) there.focus({ preventScroll: true });
}

const later = () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => refresh(["trial"]), PAUSE);
};

form.addEventListener("input", (event) => {
  if (event.target.type === "date" || !event.target.closest("#trial")) later();
});
form.addEventListener("change", (event) => {
  const { target } = event;
  const moved = target.name?.startsWith("limit:");
  if (moved || "whole" in target.dataset) refresh(["rule", "trial"]);
});
form.addEventListener("click", (event) => {
  const button = event.target.closest("button[name='do']");
  if (!button) {
    const line = event.target.closest("[data-line]");
    if (line) toLine(event, Number(line.dataset.line));
    return;
  }
  event.preventDefault();
  refresh(["rule", "trial"], button);
});

/** Put the cursor on the line of a problem. */
function toLine(event, number) {
  const text = document.getElementById("text");
  if (!text || !number) return;
  event.preventDefault();
  const lines = text.value.split("\n");
  const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
  text.focus();
  text.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
}

startOffers(document.getElementById("text"));
