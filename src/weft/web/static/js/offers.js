// Words of the firm, offered below the place where one writes.

const PAUSE = 120;

/** Offer words while somebody writes in a text; nothing where there is none. */
export function startOffers(text) {
  if (!text) return;
  const list = document.getElementById("offers");
  const told = document.getElementById("offers-told");
  let waiting = 0;
  let chosen = -1;
  let asked = new AbortController();

  function close() {
    clearTimeout(waiting);
    asked.abort();
    list.hidden = true;
    chosen = -1;
    text.removeAttribute("aria-activedescendant");
  }

  async function ask() {
    asked.abort();
    asked = new AbortController();
    const body = new URLSearchParams({
      _csrf_token: text.form.elements._csrf_token.value,
      text: text.value,
      at: String([...text.value.slice(0, text.selectionStart)].length),
    });
    try {
      const answer = await fetch(text.dataset.complete, { method: "POST", body, signal: asked.signal });
      if (answer.ok) open(await answer.text());
    } catch {
      // Another letter was typed, or Weft is away; the next letter asks again.
    }
  }

  function open(html) {
    const page = new DOMParser().parseFromString(`<ul>${html}</ul>`, "text/html");
    list.replaceChildren(...page.querySelectorAll("li"));
    chosen = -1;
    text.removeAttribute("aria-activedescendant");
    list.hidden = list.childElementCount === 0;
    told.textContent = list.hidden ? "" : `${list.childElementCount} words fit; arrow down to choose.`;
    if (!list.hidden) put();
  }

  /** Put the list under the line where one writes, or above it where there is no room; letters are all as wide. */
  function put() {
    const before = text.value.slice(0, text.selectionStart).split("\n");
    const style = getComputedStyle(text);
    const brush = document.createElement("canvas").getContext("2d");
    brush.font = style.font;
    const x = brush.measureText(before.at(-1)).width - text.scrollLeft;
    const room = text.clientWidth - list.offsetWidth - 8;
    list.style.left = `${Math.max(0, Math.min(x + parseFloat(style.paddingLeft), room))}px`;
    const line = parseFloat(style.lineHeight);
    const below = before.length * line + parseFloat(style.paddingTop) - text.scrollTop + 4;
    const above = below - line - list.offsetHeight - 8;
    const end = text.getBoundingClientRect().top + below + list.offsetHeight;
    list.style.top = `${end > innerHeight && above > 0 ? above : below}px`;
  }

  function choose(next) {
    const options = [...list.children];
    chosen = (next + options.length) % options.length;
    options.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
    options[chosen].scrollIntoView({ block: "nearest" });
    text.setAttribute("aria-activedescendant", options[chosen].id);
  }

  function take(option) {
    const end = text.selectionStart;
    text.setRangeText(option.dataset.insert, end - Number(option.dataset.back), end, "end");
    close();
    text.focus();
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }

  text.setAttribute("aria-controls", list.id);
  text.setAttribute("aria-autocomplete", "list");
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, PAUSE);
  });
  text.addEventListener("blur", () => setTimeout(close, 150));
  text.addEventListener("click", close);
  text.addEventListener("keydown", (event) => {
    if (event.key === " " && event.ctrlKey) ask();
    else if (list.hidden) return;
    else if (event.key === "ArrowDown") choose(chosen + 1);
    else if (event.key === "ArrowUp" && chosen >= 0) choose(chosen - 1);
    else if ((event.key === "Enter" || event.key === "Tab") && chosen >= 0) take(list.children[chosen]);
    else if (event.key === "Escape") close();
    else {
      if (["ArrowLeft", "ArrowRight", "ArrowUp", "Home", "End", "Enter"].includes(event.key)) close();
      return;
    }
    event.preventDefault();
  });
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    const option = event.target.closest("li");
    if (option) take(option);
  });
}
