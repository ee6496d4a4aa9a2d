// The page: four phones, the clock, and telling each phone what changed.

import { changes, moveClock, town } from "./api.js";
import { Elsewhere } from "./elsewhere.js";
import { drawMap } from "./map.js";
import { Phone } from "./phone.js";

const clock = document.querySelector(".clock");
const { people, phones: opened, areas, source, now, next } = await town();
const phones = opened.map((each, index) => new Phone(index + 1, people, each));
document.getElementById("phones").append(...phones.map(({ element }) => element));
const elsewhere = new Elsewhere(document.getElementById("elsewhere"), people, phones);
drawMap(areas, source);
let offset = now - Date.now() / 1000;
showNext(next);

const format = new Intl.DateTimeFormat("nl-NL", { weekday: "long", day: "numeric", month: "long", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
const tick = () => { document.getElementById("now").textContent = format.format(Date.now() + offset * 1000); };
setInterval(tick, 1000);
tick();

async function move(wanted) {
  clock.classList.add("busy");
  try { showTimes(await moveClock(wanted)); } catch (error) { phones[0].toast(error.message, "sorry"); } finally { clock.classList.remove("busy"); }
}

function showTimes(times) { offset = times.now - Date.now() / 1000; tick(); showNext(times.next); }
function showNext(upcoming) {
  document.getElementById("next").disabled = !upcoming;
  document.getElementById("upcoming").textContent = upcoming ? `${new Intl.DateTimeFormat("nl-NL", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" }).format(upcoming * 1000)}` : "niets gepland";
}

for (const button of clock.querySelectorAll("[data-minutes]")) button.onclick = () => move({ minutes: Number(button.dataset.minutes) });
document.getElementById("next").onclick = () => move({ next: true });

const waiting = new Map();
function refreshSoon(phone) {
  if (waiting.has(phone)) return;
  waiting.set(phone, setTimeout(() => { waiting.delete(phone); phone.refresh(); }, 40));
}

let asking;
function refreshTimes() {
  clearTimeout(asking);
  asking = setTimeout(async () => { const times = await town().catch(() => null); if (times) showTimes(times); }, 600);
}

changes((change) => {
  if (change.toast) phones.filter(({ person }) => person === change.person).forEach((phone) => phone.toast(change.toast));
  if (change.arrived) elsewhere.arrived(change.chat);
  if (change.clock) refreshTimes();
  if (change.chat) { phones.filter(({ chat }) => chat === change.chat).forEach(refreshSoon); refreshTimes(); }
}, () => phones.forEach(refreshSoon));
