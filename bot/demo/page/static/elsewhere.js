// Chats that got messages while no phone shows them: named above the phones, and opened on one by a tap.

export class Elsewhere {
  constructor(element, people, phones) {
    this.element = element;
    this.people = people;
    this.phones = phones;
    this.waiting = new Map();
    for (const phone of phones) phone.element.addEventListener("opened", () => { if (this.waiting.delete(phone.chat)) this.draw(); });
  }

  arrived(chat) {
    if (this.phones.some((phone) => phone.chat === chat)) return;
    this.waiting.set(chat, (this.waiting.get(chat) ?? 0) + 1);
    this.draw();
  }

  draw() {
    this.element.querySelectorAll("button, .new").forEach((old) => old.remove());
    this.element.querySelector(".hint").hidden = this.waiting.size > 0;
    if (!this.waiting.size) return;
    const words = document.createElement("span");
    words.className = "new";
    words.textContent = "Nieuw in een andere chat:";
    this.element.append(words, ...[...this.waiting].map(([chat, count]) => this.drawChat(chat, count)));
  }

  drawChat(chat, count) {
    const owner = this.people.find(({ id }) => id === chat) ?? this.people.find(({ chats }) => chats.some(({ id }) => id === chat));
    const button = document.createElement("button");
    const title = owner.chats.find(({ id }) => id === chat).title;
    button.textContent = `${owner.id === chat ? `💬 ${owner.name}` : `👥 ${title}`} (${count})`;
    button.onclick = () => this.open(owner, chat);
    return button;
  }

  open(owner, chat) {
    const groups = owner.chats.map(({ id }) => id);
    const phone = this.phones.find(({ person }) => person === owner.id)
      ?? this.phones.find((each) => groups.includes(each.chat))
      ?? this.phones.reduce((quietest, each) => (each.touched <= quietest.touched ? each : quietest));
    phone.show(owner.id, chat);
  }
}
