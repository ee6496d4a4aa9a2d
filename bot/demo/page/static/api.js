// Talking to the server of the demo: three questions, two deeds, one stream of changes.

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.sorry ?? "Dit lukte niet.");
  return body;
}

const post = (path, body) =>
  fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }).then(answer);

export const town = () => fetch("/api/town").then(answer);
export const screen = (person, chat) => fetch(`/api/screen?person=${person}&chat=${chat}`).then(answer);
export const act = (person, chat, what, more = {}) => post("/api/act", { person, chat, do: what, ...more });
export const moveClock = (wanted) => post("/api/clock", wanted);

export function changes(onChange, onAgain) {
  const stream = new EventSource("/api/events");
  stream.onmessage = (event) => onChange(JSON.parse(event.data));
  stream.onopen = onAgain;
}
