// Before anything is painted: the light or the dark that was chosen here before.
// A classic script, so that the browser waits for it and the page does not flash.
try {
  const chosen = localStorage.getItem("weft-theme");
  if (chosen) document.documentElement.dataset.theme = chosen;
} catch {
  // Storage may be switched off; then the system's choice stands.
}
