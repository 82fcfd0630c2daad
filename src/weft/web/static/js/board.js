// The board of a round: a card that is dropped sends the form that a key press sends.

const form = document.getElementById("drag");
let held = null;

function column(event) {
  return event.target.closest("[data-column]");
}

function leave() {
  document.querySelectorAll(".column.over").forEach((each) => each.classList.remove("over"));
}

document.addEventListener("dragstart", (event) => {
  held = event.target.closest(".card");
  if (!held) return;
  held.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", held.dataset.person);
});

document.addEventListener("dragover", (event) => {
  const over = column(event);
  leave();
  if (!held || !over || over.dataset.column === held.dataset.source) return;
  over.classList.add("over");
  event.preventDefault();
});

document.addEventListener("drop", (event) => {
  const over = column(event);
  if (!held || !over) return;
  event.preventDefault();
  form.elements.person.value = held.dataset.person;
  form.elements.source.value = held.dataset.source;
  form.elements.to.value = over.dataset.column;
  form.requestSubmit();
});

document.addEventListener("dragend", () => {
  leave();
  held?.classList.remove("dragged");
  held = null;
});

// Whoever moves a card by keys goes on from where it now lies.
const at = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (at) at.focus({ preventScroll: true });
