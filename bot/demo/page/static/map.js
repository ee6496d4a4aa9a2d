// The small map: one dot per wijk at its inner point. A tap anywhere gives coordinates; they can be typed as well.

const WIDTH = 640, HEIGHT = 470, EDGE = 26, SVG = "http://www.w3.org/2000/svg";
const COLOURS = ["#b2533e", "#3d6ea8", "#7a4f9a", "#2f8a5b", "#a9792b", "#5a6b7b", "#b0447d", "#38808a", "#6c7a2e"];
const dialog = document.getElementById("map");
const drawing = dialog.querySelector("svg");
const form = dialog.querySelector("form");
const named = dialog.querySelector(".named");
let box;

export function drawMap(areas, source) {
  const lats = areas.map(({ lat }) => lat), lons = areas.map(({ lon }) => lon);
  const south = Math.min(...lats), north = Math.max(...lats), west = Math.min(...lons), east = Math.max(...lons);
  const perLon = Math.cos(((south + north) / 2) * Math.PI / 180);
  const scale = Math.min((WIDTH - 2 * EDGE) / ((east - west) * perLon), (HEIGHT - 2 * EDGE) / (north - south));
  const left = (WIDTH - (east - west) * perLon * scale) / 2, top = (HEIGHT - (north - south) * scale) / 2;
  box = { south, north, west, perLon, scale, left, top };
  const regions = [...new Set(areas.map(({ region }) => region))];
  for (const { name, region, lat, lon } of areas) {
    const [x, y] = at(lat, lon);
    const dot = shape("circle", { cx: x, cy: y, r: 7, fill: COLOURS[regions.indexOf(region) % COLOURS.length] });
    dot.append(shape("title", {}, name));
    dot.onclick = (event) => { event.stopPropagation(); choose(lat, lon, `${name} (${region})`); };
    drawing.append(dot);
  }
  listAreas(areas, regions);
  dialog.querySelector(".legend").replaceChildren(...regions.map((region, index) => {
    const entry = document.createElement("li");
    entry.style.setProperty("--tint", COLOURS[index % COLOURS.length]);
    entry.textContent = region;
    return entry;
  }));
  drawing.append(shape("path", { id: "pin", d: "", fill: "none", stroke: "#a63a2b", "stroke-width": 3 }));
  drawing.onclick = (event) => choose(...place(event), "");
  dialog.querySelector(".source").textContent = source;
}

function listAreas(areas, regions) {
  for (const region of regions) {
    const group = document.createElement("optgroup");
    group.label = region;
    group.append(...areas.filter((area) => area.region === region).map(({ name }) => new Option(name, `${name} (${region})`)));
    form.elements.area.append(group);
  }
  form.elements.area.onchange = ({ target }) => {
    const area = areas.find(({ name, region }) => `${name} (${region})` === target.value);
    if (area) choose(area.lat, area.lon, target.value);
  };
}

export function askPlace() {
  form.reset();
  named.textContent = "Tik op de kaart: elke stip is een wijk. Of kies of typ hieronder.";
  drawing.querySelector("#pin").setAttribute("d", "");
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.onclose = () => resolve(dialog.returnValue === "send" ? { lat: number("lat"), lon: number("lon") } : null);
    dialog.returnValue = "";
  });
}

const number = (name) => Number(form.elements[name].value.trim().replace(",", "."));

function choose(lat, lon, name) {
  form.elements.lat.value = lat.toFixed(5);
  form.elements.lon.value = lon.toFixed(5);
  form.elements.area.value = name;
  named.textContent = name || "Een plek op de kaart";
  const [x, y] = at(lat, lon);
  drawing.querySelector("#pin").setAttribute("d", `M${x - 9} ${y - 9}l18 18m0-18l-18 18`);
}

function at(lat, lon) { return [box.left + (lon - box.west) * box.perLon * box.scale, box.top + (box.north - lat) * box.scale]; }

function place(event) {
  const point = new DOMPoint(event.clientX, event.clientY).matrixTransform(drawing.getScreenCTM().inverse());
  return [box.north - (point.y - box.top) / box.scale, box.west + (point.x - box.left) / box.scale / box.perLon];
}

function shape(tag, attributes, text = "") {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.textContent = text;
  return element;
}
