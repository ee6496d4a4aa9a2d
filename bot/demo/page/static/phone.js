// One phone: whose it is, which chat is open, what stands in it, and what its owner does.

import { act, screen } from "./api.js";
import { askPlace } from "./map.js";

const TINTS = ["#b2533e", "#3d6ea8", "#7a4f9a", "#2f8a5b", "#a9792b", "#5a6b7b", "#b0447d", "#38808a"];
const tint = (name) => TINTS[[...name].reduce((sum, sign) => sum + sign.codePointAt(0), 0) % TINTS.length];
const time = (seconds) => new Date(seconds * 1000).toLocaleTimeString("nl-NL", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/Amsterdam" });
const FILES = { photo: "🖼 Foto", location: "📍 Locatie", voice: "🎤 Spraakbericht", video: "🎬 Video", video_note: "🎬 Videobericht", document: "📄 Document", audio: "🎵 Geluid", sticker: "Sticker", contact: "👤 Contact", animation: "🎬 Animatie", poll: "Peiling", dice: "🎲" };

export class Phone {
  constructor(number, people, opened) {
    this.people = people;
    this.element = document.getElementById("phone").content.firstElementChild.cloneNode(true);
    this.element.dataset.phone = number;
    this.find = (query) => this.element.querySelector(query);
    this.person = opened.person;
    this.chat = opened.chat;
    this.replyTo = null;
    this.seen = new Set();
    this.asking = 0;
    this.touched = 0;
    this.follows = true;
    this.fillPeople();
    this.fillChats();
    this.listen();
  }

  fillPeople() {
    const select = this.find(".person");
    select.replaceChildren(...this.people.map(({ id, name }) => new Option(name, id, false, id === this.person)));
    this.nameTag();
  }

  nameTag() {
    const { name } = this.people.find(({ id }) => id === this.person);
    this.find(".dot").textContent = [...name][0];
    this.find(".dot").style.setProperty("--tint", tint(name));
  }

  fillChats() {
    const { chats } = this.people.find(({ id }) => id === this.person);
    if (!chats.some(({ id }) => id === this.chat)) this.chat = chats[0].id;
    this.find(".chat").replaceChildren(...chats.map(({ id, title, private: own }) => new Option(own ? "💬 Privé met Buurtbode" : `👥 ${title}`, id, false, id === this.chat)));
  }

  listen() {
    this.find(".person").onchange = (event) => this.become(Number(event.target.value));
    this.find(".chat").onchange = (event) => this.open(Number(event.target.value));
    this.listenToSheet();
    this.find(".photo").onclick = () => this.sendPhoto();
    this.find(".voice").onclick = () => this.do("voice");
    this.find(".place").onclick = () => this.sendPlace();
    this.find(".replying button").onclick = () => this.answerTo(null);
    const typed = this.find("textarea");
    typed.onkeydown = (event) => { if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.sendText(); } };
    this.find(".compose").onsubmit = (event) => { event.preventDefault(); this.sendText(); };
    const list = this.find(".messages");
    let top = 0;
    list.onscroll = () => {
      const atEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 40;
      this.follows = atEnd || (this.follows && list.scrollTop >= top); // what grew meanwhile is not a person who scrolled up
      top = list.scrollTop;
    };
    list.addEventListener("load", () => this.stayAtEnd(), { capture: true });
    new ResizeObserver(() => this.stayAtEnd()).observe(list);
  }

  listenToSheet() {
    const sheet = this.find(".sheet"), more = this.find(".more");
    const show = (shown) => { sheet.hidden = !shown; more.setAttribute("aria-expanded", shown); };
    more.onclick = () => { show(sheet.hidden); sheet.querySelector("button")?.focus(); };
    sheet.onfocusout = ({ relatedTarget }) => { if (relatedTarget !== more && !sheet.contains(relatedTarget)) show(false); };
    sheet.onkeydown = ({ key }) => { if (key === "Escape") { show(false); more.focus(); } };
    for (const button of sheet.children) button.onclick = () => { show(false); more.focus(); this.do(button.dataset.do); };
  }

  become(person) { this.person = person; this.nameTag(); this.chat = person; this.fillChats(); this.open(this.chat); }
  open(chat) {
    this.chat = chat;
    this.touched = performance.now();
    this.follows = true;
    this.seen.clear();
    this.answerTo(null);
    this.find(".toast").hidden = true;
    this.find(".chat").value = chat;
    this.element.dispatchEvent(new Event("opened"));
    return this.refresh();
  }

  show(person, chat) {
    if (person !== this.person) { this.find(".person").value = person; this.become(person); }
    if (chat !== this.chat) this.open(chat);
    this.find("textarea").focus();
  }

  takeText() { const typed = this.find("textarea"); const text = typed.value; typed.value = ""; return text; }

  async do(what, more = {}) {
    this.touched = performance.now();
    try { await act(this.person, this.chat, what, more); return true; } catch (error) { this.toast(error.message, "sorry"); return false; }
  }

  async sendText() {
    const text = this.takeText();
    if (!text.trim()) return;
    const sent = this.editing
      ? await this.do("edit", { message: this.editing, text })
      : await this.do("text", { text, reply_to: this.replyTo });
    if (sent) this.answerTo(null); else this.find("textarea").value = text;
  }

  async sendPhoto() { const text = this.takeText(); if (!(await this.do("photo", { text }))) this.find("textarea").value = text; }
  async sendPlace() { const place = await askPlace(); if (place) await this.do("location", place); }

  answerTo(message, editing = false) {
    this.replyTo = message && !editing ? message.id : null;
    this.editing = message && editing ? message.id : null;
    const bar = this.find(".replying");
    bar.hidden = !message;
    bar.firstElementChild.textContent = message ? `${editing ? "Wijzigen" : "Antwoord op"}: ${plain(message.html).slice(0, 50) || "bericht"}` : "";
    if (editing) this.find("textarea").value = plain(message.html);
    if (message) this.find("textarea").focus();
  }

  toast(text, sort = "") {
    const toast = this.find(".toast");
    toast.textContent = text;
    toast.className = `toast ${sort}`;
    toast.hidden = false;
    clearTimeout(this.toasting);
    this.toasting = setTimeout(() => { toast.hidden = true; }, 4000);
  }

  async refresh() {
    const asked = ++this.asking;
    const shown = await screen(this.person, this.chat).catch((error) => this.toast(error.message, "sorry"));
    if (!shown || asked !== this.asking) return;
    const last = shown.messages.at(-1);
    if (last?.mine && !this.seen.has(last.id)) this.follows = true;
    this.drawMessages(shown);
    for (const { id } of shown.messages) this.seen.add(id);
    const menu = this.find(".menu");
    if (changed(menu, shown.menu)) menu.replaceChildren(...shown.menu.map((row) => this.drawMenu(row)));
    const blocked = shown.private && shown.contact === "blocked";
    this.find('[data-do="block"]').hidden = blocked;
    this.find('[data-do="unblock"]').hidden = !blocked;
    this.find("textarea").placeholder = blocked ? "Bot geblokkeerd" : "Bericht";
    this.stayAtEnd();
  }

  stayAtEnd() { const list = this.find(".messages"); if (this.follows) list.scrollTop = list.scrollHeight; }

  // Only what changed is drawn anew: focus stays where it was, and a screen reader hears new messages only.
  drawMessages(shown) {
    const list = this.find(".messages");
    const holder = list.contains(document.activeElement) ? document.activeElement.closest("[data-message]")?.dataset.message : null;
    const old = new Map([...list.children].map((element) => [element.dataset.message, element]));
    const wanted = shown.messages.map((message) => this.drawAnew(old.get(String(message.id)), message, shown));
    if (!wanted.length) wanted.push(this.drawEmpty(shown));
    for (const element of [...list.children]) if (!wanted.includes(element)) element.remove();
    wanted.forEach((element, place) => { if (list.children[place] !== element) list.insertBefore(element, list.children[place] ?? null); });
    if (holder && !list.contains(document.activeElement)) this.focusNear(list, holder);
  }

  focusNear(list, message) {
    const next = list.querySelector(`[data-message="${message}"] .keys button`) ?? [...list.querySelectorAll(".keys")].at(-1)?.querySelector("button");
    (next ?? this.find("textarea")).focus({ preventScroll: true });
  }

  drawAnew(old, message, shown) {
    if (old && !changed(old, [shown.chat, this.person, message])) return old;
    const element = this.drawMessage(message, shown);
    element.dataset.message = message.id;
    changed(element, [shown.chat, this.person, message]);
    return element;
  }

  drawEmpty(shown) {
    const empty = make("div", "empty", shown.private ? "Nog geen berichten met Buurtbode." : "Nog geen berichten in deze groep.");
    if (shown.private) empty.append(make("br"), key("Start", () => this.do("start"), "main"));
    return empty;
  }

  drawMenu(row) {
    const line = make("div");
    line.append(...row.map(({ text, location }) => key(text, () => (location ? this.sendPlace() : this.do("press", { label: text })))));
    return line;
  }

  drawMessage(message, shown) {
    if (message.service) return make("div", "service", `${message.from} ${message.service}`);
    const sorts = ["message", message.mine && "mine", message.deleted && "deleted", this.seen.size && !this.seen.has(message.id) && "new"];
    const element = make("article", sorts.filter(Boolean).join(" "));
    const bubble = make("div", "bubble");
    if (!shown.private && !message.mine) { const from = make("span", "from", message.from); from.style.setProperty("--tint", tint(message.from)); bubble.append(from); }
    if (message.reply) bubble.append(make("span", "reply", message.reply.deleted ? "Verwijderd bericht" : `${message.reply.from}: ${message.reply.text || fileName(message.reply.media)}`));
    if (message.media) bubble.append(drawMedia(message));
    const words = make("span", "words");
    words.innerHTML = message.html; // made safe by the server: tags of Telegram's own only
    for (const block of words.querySelectorAll("blockquote, pre")) endLine(block);
    bubble.append(words, this.drawMeta(message));
    element.append(bubble);
    if (message.buttons.length && !message.deleted) element.append(this.drawKeys(message));
    return element;
  }

  drawMeta(message) {
    const state = message.deleted ? "verwijderd " : message.edited ? "bewerkt " : "";
    const meta = make("span", "meta", `${state}${message.silent ? "🔕 " : ""}${message.protected ? "🔒 " : ""}${time(message.at)}`);
    if (message.deleted) return meta;
    const tools = make("span", "tools");
    tools.append(key("↩︎", () => this.answerTo(message), "", "Antwoorden"));
    if (message.mine) tools.append(key("✎", () => this.answerTo(message, true), "", "Wijzigen"), key("🗑", () => this.do("delete", { message: message.id }), "", "Verwijderen"));
    meta.prepend(tools);
    return meta;
  }

  drawKeys(message) {
    const keys = make("div", "keys");
    for (const row of message.buttons) {
      const line = make("div");
      line.append(...row.map((button) => key(button.url ? `${button.text} ↗` : button.text, (event) => this.tap(message, button, event.currentTarget))));
      keys.append(line);
    }
    return keys;
  }

  async tap(message, button, element) {
    if (!button.url) { element.classList.add("waiting"); await this.do("tap", { message: message.id, data: button.data }); element.classList.remove("waiting"); return; }
    const link = new URL(button.url);
    if (link.hostname !== "t.me" || !link.searchParams.has("start")) { window.open(link, "_blank", "noopener"); return; }
    this.chat = this.person;
    await this.do("start", { payload: link.searchParams.get("start") });
    await this.open(this.person);
  }
}

// Whether this element should be drawn for other values than it was the last time; remembers them.
function changed(element, values) { const now = JSON.stringify(values); const same = element.drawnFor === now; element.drawnFor = now; return !same; }
// A block ends its own line: the line break that follows it in Telegram's text would give another.
function endLine({ nextSibling: after }) { if (after?.nodeType === Node.TEXT_NODE && after.data.startsWith("\n")) after.data = after.data.slice(1); }
function make(tag, sort = "", text = "") { const element = document.createElement(tag); if (sort) element.className = sort; if (text) element.textContent = text; return element; }
function key(text, onclick, sort = "", label = "") { const button = make("button", sort, text); button.type = "button"; button.onclick = onclick; if (label) { button.title = label; button.setAttribute("aria-label", label); } return button; }
function plain(html) { const holder = document.createElement("template"); holder.innerHTML = html; return holder.content.textContent; }
const fileName = (media) => FILES[media] ?? media ?? "";

function drawMedia({ media, deleted }) {
  if (media.kind === "photo" && !deleted) { const image = make("img", "photo-shown"); image.src = `/file/${encodeURIComponent(media.file)}`; image.alt = "Foto"; return image; }
  if (media.kind === "location") return make("span", "file", `📍 ${media.lat.toFixed(4)}, ${media.lon.toFixed(4)}`);
  if (media.name && !deleted) { const link = make("a", "file", `📎 ${media.name}`); link.href = `/file/${encodeURIComponent(media.file)}`; link.download = media.name; return link; }
  return make("span", "file", fileName(media.kind));
}
