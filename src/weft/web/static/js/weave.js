// The weave: a cursor over the crossings, moved by keys or the pointer, and told in
// words as it goes. All it shows is in the drawing already; it only reads it.

const frame = document.getElementById("weave");
const readout = document.getElementById("readout");

if (frame) {
  const cloth = frame.querySelector(".cloth");
  const cursor = cloth.querySelector(".cursor");
  const rows = [...document.querySelectorAll(".weave-rows [data-row]")];
  const columns = [...cloth.querySelectorAll("[data-column]")];
  const crossings = new Map();
  for (const a of cloth.querySelectorAll(".loops a")) {
    crossings.set(`${a.dataset.r}:${a.dataset.c}`, a);
  }
  const at = { row: 0, column: 0, placed: false };
  let zoom = 1;

  const people = (n) => (n === 1 ? "1 person" : `${n} people`);
  const name = (column) => columns[column].querySelector("title").textContent;

  function words(row, column) {
    const a = crossings.get(`${row}:${column}`);
    const place = `${name(column)}, ${rows[row].textContent.trim()}`;
    if (!a) return `${place}: nobody knows it here.`;
    const holders = Number(a.dataset.h);
    const learners = Number(a.dataset.l);
    const known =
      holders === 1
        ? "it hangs on one person"
        : holders
          ? `${people(holders)} know it`
          : "nobody knows it yet";
    return `${place}: ${known}${learners ? `, ${people(learners)} learning` : ""}.`;
  }

  function place(row, column, { scroll = true } = {}) {
    Object.assign(at, { row, column, placed: true });
    const step = 100 / columns.length;
    const line = rows[row].getBoundingClientRect();
    const top = line.top - cloth.getBoundingClientRect().top;
    cursor.setAttribute("x", `${column * step}%`);
    cursor.setAttribute("width", `${step}%`);
    cursor.setAttribute("y", String(top));
    cursor.setAttribute("height", String(line.height));
    for (const each of [...rows, ...columns]) each.classList.remove("here");
    rows[row].classList.add("here");
    columns[column].classList.add("here");
    readout.textContent = words(row, column);
    if (scroll) keepInSight(column);
  }

  function keepInSight(column) {
    const width = cloth.clientWidth / columns.length;
    const left = column * width;
    const room = frame.clientWidth;
    if (left < frame.scrollLeft) frame.scrollLeft = left - width;
    if (left + width > frame.scrollLeft + room) frame.scrollLeft = left + 2 * width - room;
  }

  function stretch(factor) {
    zoom = factor ? Math.min(40, Math.max(1, zoom * factor)) : 1;
    cloth.style.width = zoom > 1 ? `${zoom * 100}%` : "";
    cloth.style.maxWidth = zoom > 1 ? "none" : "";
    cloth.style.minWidth = factor ? "" : "0";
    cloth.classList.toggle("wide", cloth.clientWidth / columns.length >= 18);
    if (at.placed) place(at.row, at.column);
  }

  const last = { row: rows.length - 1, column: columns.length - 1 };
  const moves = {
    ArrowLeft: () => [at.row, Math.max(0, at.column - 1)],
    ArrowRight: () => [at.row, Math.min(last.column, at.column + 1)],
    ArrowUp: () => [Math.max(0, at.row - 1), at.column],
    ArrowDown: () => [Math.min(last.row, at.row + 1), at.column],
    Home: () => [at.row, 0],
    End: () => [at.row, last.column],
    PageUp: () => [0, at.column],
    PageDown: () => [last.row, at.column],
  };

  frame.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key in moves) place(...(at.placed ? moves[event.key]() : [0, 0]));
    else if (event.key === "Enter" && at.placed) {
      crossings.get(`${at.row}:${at.column}`)?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    } else if (event.key === "+") stretch(1.6);
    else if (event.key === "-") stretch(1 / 1.6);
    else if (event.key === "0") stretch(0);
    else return;
    event.preventDefault();
  });
  frame.addEventListener("focus", () => {
    if (!at.placed) place(0, 0);
  });
  cloth.addEventListener("pointermove", (event) => {
    const a = event.target.closest(".loops a");
    if (!a) return;
    const row = Number(a.dataset.r);
    const column = Number(a.dataset.c);
    if (!at.placed || row !== at.row || column !== at.column) {
      place(row, column, { scroll: false });
    }
  });

  const buttons = document.querySelector(".weave-zoom");
  buttons.hidden = false;
  buttons.addEventListener("click", (event) => {
    const how = event.target.dataset?.zoom;
    if (how) stretch({ in: 1.6, out: 1 / 1.6, fit: 0 }[how]);
  });
}
