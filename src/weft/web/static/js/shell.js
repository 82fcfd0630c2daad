// What stands on every page: the light and dark switch, and the marked menu entry.

const root = document.documentElement;
const dark = matchMedia("(prefers-color-scheme: dark)");

function isDark() {
  return (root.dataset.theme ?? (dark.matches ? "dark" : "light")) === "dark";
}

function startTheme(button) {
  const tell = () => button.setAttribute("aria-pressed", String(isDark()));
  button.hidden = false;
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("weft-theme", root.dataset.theme);
    } catch {
      // It holds for this page at least.
    }
    tell();
    document.dispatchEvent(new Event("weft:theme"));
  });
  dark.addEventListener("change", () => {
    tell();
    document.dispatchEvent(new Event("weft:theme"));
  });
  tell();
}

const button = document.getElementById("theme");
if (button) startTheme(button);
