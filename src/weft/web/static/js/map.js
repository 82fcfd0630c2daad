// The map: sigma draws points and lines that the server has placed.

const stage = document.getElementById("map");
const told = document.getElementById("map-told");
const find = document.getElementById("map-find");
const kinds = document.getElementById("map-kinds");

const SIZES = { missions: 9, units: 7, partners: 8, assets: 4, people: 3 };
const KIND = { missions: "mission", units: "unit", partners: "partner", assets: "asset", people: "person" };
const SIDE = { business: " in business", technology: " in technology", both: " in business and technology", unknown: "", "": "" };
const NEAR = 0.12;

/** Read a colour of the style sheet, as sigma wants it. */
function dye(name) {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.style.color = `var(--${name})`;
  document.body.append(probe);
  const colour = getComputedStyle(probe).color;
  probe.remove();
  return colour;
}

function palette() {
  return {
    missions: dye("moss"),
    units: dye("edge"),
    assets: dye("madder"),
    partners: dye("soft"),
    business: dye("weld"),
    technology: dye("indigo"),
    unknown: dye("edge"),
    line: dye("line"),
    ink: dye("ink"),
  };
}

function colourOf(node, dyes) {
  if (node.kind !== "people") return dyes[node.kind];
  return dyes[node.camp] ?? (node.camp === "both" ? dyes.technology : dyes.unknown);
}

function hasWebGL() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

function build(data) {
  const graph = new graphology.MultiGraph();
  data.nodes.forEach(([kind, id, title, camp, x, y, people], at) => {
    const size = SIZES[kind] + (kind === "people" ? 0 : Math.sqrt(people) / 2);
    graph.addNode(at, { kind, id, camp, x, y, size, label: title || id });
  });
  for (const [source, target, tie] of data.edges) {
    graph.addEdge(source, target, { tie, size: 0.6 });
  }
  return graph;
}

function words(graph, node) {
  const { label, kind, camp } = graph.getNodeAttributes(node);
  const side = kind === "people" ? SIDE[camp] : "";
  const ties = graph.degree(node);
  return `${label}, ${KIND[kind]}${side}, with ${ties === 1 ? "1 tie" : `${ties} ties`}. Enter or a click opens it.`;
}

function draw(data) {
  const graph = build(data);
  let dyes = palette();
  const shown = { kinds: new Set(Object.keys(SIZES)), chosen: null, near: new Set() };
  const renderer = new Sigma(graph, stage, {
    allowInvalidContainer: true,
    defaultEdgeType: "line",
    labelColor: { color: dyes.ink },
    labelFont: "Weft sans, system-ui, sans-serif",
    labelSize: 13,
    labelRenderedSizeThreshold: 7,
    minCameraRatio: 0.02,
    maxCameraRatio: 2,
    hideEdgesOnMove: graph.size > 4000,
    hideLabelsOnMove: graph.order > 2000,
    zIndex: true,
    nodeReducer: (node, attributes) => {
      const hidden = !shown.kinds.has(attributes.kind);
      const faded = shown.chosen !== null && !shown.near.has(node);
      return {
        ...attributes,
        hidden,
        color: faded ? dyes.line : colourOf(attributes, dyes),
        label: faded ? "" : attributes.label,
        forceLabel: node === shown.chosen,
        highlighted: node === shown.chosen,
        zIndex: faded ? 0 : 1,
      };
    },
    edgeReducer: (edge, attributes) => {
      const ends = graph.extremities(edge);
      const hidden = ends.some((n) => !shown.kinds.has(graph.getNodeAttribute(n, "kind")));
      const near = shown.chosen === null || ends.includes(shown.chosen);
      return { ...attributes, hidden: hidden || !near, color: shown.chosen === null ? dyes.line : dyes.unknown };
    },
  });

  function choose(node, { centre = false } = {}) {
    shown.chosen = node;
    shown.near = new Set(node === null ? [] : [node, ...graph.neighbors(node)]);
    told.textContent = node === null ? summary() : words(graph, node);
    renderer.refresh({ skipIndexation: true });
    if (centre && node !== null) {
      const { x, y } = renderer.getNodeDisplayData(node);
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      renderer.getCamera().animate({ x, y, ratio: NEAR }, { duration: still ? 0 : 400 });
    }
  }

  const summary = () =>
    `${graph.order.toLocaleString("en")} points and ${graph.size.toLocaleString("en")} lines. Point at one, or look for a name.`;
  const open = (node) => {
    const { kind, id } = graph.getNodeAttributes(node);
    const kept = new URLSearchParams(location.search);
    for (const key of ["at", "month"]) kept.delete(key);
    location.assign(`/${kind}/${encodeURIComponent(id)}${kept.size ? `?${kept}` : ""}`);
  };

  renderer.on("enterNode", ({ node }) => choose(node));
  renderer.on("leaveNode", () => choose(null));
  renderer.on("clickNode", ({ node }) => open(node));
  startSearch(graph, (node) => choose(node, { centre: true }), open);
  for (const box of kinds.querySelectorAll("input")) {
    box.disabled = false;
    box.addEventListener("change", () => {
      if (box.checked) shown.kinds.add(box.value);
      else shown.kinds.delete(box.value);
      renderer.refresh({ skipIndexation: true });
    });
  }
  stage.addEventListener("keydown", (event) => steer(event, renderer, () => shown.chosen, open));
  document.addEventListener("weft:theme", () => {
    dyes = palette();
    renderer.setSetting("labelColor", { color: dyes.ink });
    renderer.refresh();
  });
  told.textContent = summary();
  stage.dataset.drawn = String(graph.order);
  const at = stage.dataset.at;
  if (at) {
    const node = graph.findNode((_, n) => `${n.kind}/${n.id}` === at);
    if (node !== undefined) choose(node, { centre: true });
  }
}

function startSearch(graph, choose, open) {
  const byName = new Map();
  const names = document.getElementById("map-names");
  graph.forEachNode((node, { label }) => byName.set(label, node));
  find.disabled = false;
  find.addEventListener("input", () => {
    const typed = find.value.trim().toLowerCase();
    const options = [];
    if (typed.length > 1) {
      for (const name of byName.keys()) {
        if (name.toLowerCase().includes(typed)) options.push(name);
        if (options.length === 12) break;
      }
    }
    names.replaceChildren(...options.map((name) => Object.assign(document.createElement("option"), { value: name })));
    const exact = byName.get(find.value);
    if (exact !== undefined) choose(exact);
    else if (options.length === 1) choose(byName.get(options[0]));
  });
  find.addEventListener("keydown", (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault();
    const first = byName.get(find.value) ?? byName.get(names.firstElementChild?.value);
    if (first === undefined) return;
    if (find.dataset.chosen === String(first)) open(first);
    else choose(first);
    find.dataset.chosen = String(first);
  });
}

function steer(event, renderer, chosen, open) {
  const camera = renderer.getCamera();
  const { x, y, ratio } = camera.getState();
  const step = 0.08 * ratio;
  const moves = {
    ArrowLeft: { x: x - step },
    ArrowRight: { x: x + step },
    ArrowUp: { y: y + step },
    ArrowDown: { y: y - step },
    "+": { ratio: Math.max(0.02, ratio / 1.5) },
    "-": { ratio: Math.min(2, ratio * 1.5) },
    0: { x: 0.5, y: 0.5, ratio: 1 },
  };
  if (event.key in moves) camera.animate({ x, y, ratio, ...moves[event.key] }, { duration: 90 });
  else if (event.key === "Enter" && chosen() !== null) open(chosen());
  else return;
  event.preventDefault();
}

/** Load a library; only where the browser can draw, as sigma asks it at once. */
function load(address) {
  return new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: address });
    script.addEventListener("load", done);
    script.addEventListener("error", failed);
    document.head.append(script);
  });
}

if (stage) {
  if (hasWebGL()) {
    const [answer] = await Promise.all([
      fetch(stage.dataset.source, { headers: { accept: "application/json" } }),
      load(stage.dataset.graphology),
      load(stage.dataset.sigma),
    ]);
    if (answer.ok) draw(await answer.json());
    else told.textContent = "The map could not be fetched. Load the page again.";
  } else {
    stage.hidden = true;
    told.textContent = "This browser cannot draw the map. The table has all of it.";
  }
}
