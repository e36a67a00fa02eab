// The simulated phone. All text from messages goes in as text, never as markup.
const list = document.getElementById("messages");
const empty = document.getElementById("empty");
const state = document.getElementById("state");
const recipients = document.getElementById("recipients");
const LINK = /https?:\/\/[^\s<>"]+[^\s<>".,;:!?)]/g;
const MOST_SHOWN = 500;

const messages = new Map(); // id -> message
let chosen = new URLSearchParams(location.search).get("to") ?? "";

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

function withLinks(text) {
  const body = element("p", "text");
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    body.append(text.slice(end, found.index));
    const link = element("a", "", found[0]);
    link.href = found[0];
    link.target = "_blank";
    link.rel = "noopener noreferrer";
    body.append(link);
    end = found.index + found[0].length;
  }
  body.append(text.slice(end));
  return body;
}

// What a calendar makes of the letter (RFC 5545): a folded line goes on after a space.
function calendarCard(text) {
  const lines = text.replace(/\r?\n /g, "").split(/\r?\n/);
  const property = (name) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1) ?? "";
  const [, year, month, day, hour, minute] = property("DTSTART").match(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/) ?? [];
  const cancelled = property("METHOD") === "CANCEL";
  const what = cancelled ? "Borttagen ur kalendern" : property("SEQUENCE") === "0" ? "Ny i kalendern" : "Ändrad i kalendern";
  const card = element("section", cancelled ? "calendar gone" : "calendar");
  const when = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const shownAt = when.toLocaleString("sv-SE", { timeZone: "Europe/Stockholm", dateStyle: "full", timeStyle: "short" });
  const title = property("SUMMARY").replace(/\\([,;\\])/g, "$1");
  card.append(element("p", "to", what), element("strong", "", title), element("p", "when", shownAt));
  return card;
}

function clockTime(ms) {
  const at = new Date(ms);
  const today = at.toDateString() === new Date().toDateString();
  const time = at.toLocaleTimeString("sv-SE", { hour: "2-digit", minute: "2-digit" });
  return today ? time : `${at.toLocaleDateString("sv-SE", { day: "numeric", month: "short" })} ${time}`;
}

function shown(message) {
  const item = element("li", message.kind);
  item.dataset.messageId = message.message_id;
  const head = element("header", "");
  const time = element("time", "", clockTime(message.received_at_ms));
  time.dateTime = new Date(message.received_at_ms).toISOString();
  head.append(element("strong", "", message.sender), time);
  const kind = message.kind === "sms" ? "SMS" : "E-post";
  item.append(head, element("p", "to", `${kind} till ${message.to}`));
  if (message.subject) item.append(element("h2", "", message.subject));
  item.append(withLinks(message.text));
  if (message.calendar) item.append(calendarCard(message.calendar));
  return item;
}

function chip(label, value) {
  const button = element("button", "chip", label);
  button.type = "button";
  button.setAttribute("aria-pressed", String(value === chosen));
  button.addEventListener("click", () => {
    chosen = value;
    history.replaceState(null, "", value ? `?to=${encodeURIComponent(value)}` : location.pathname);
    render();
  });
  return button;
}

function render() {
  const newest = [...messages.values()].sort((a, b) => b.id - a.id).slice(0, MOST_SHOWN);
  const visible = newest.filter((message) => !chosen || message.to === chosen);
  list.replaceChildren(...visible.map(shown));
  empty.hidden = visible.length > 0;
  const known = [...new Set(newest.map((message) => message.to))];
  recipients.replaceChildren(...(known.length > 1 || chosen ? [chip("Alla", ""), ...known.map((to) => chip(to, to))] : []));
}

async function start() {
  const answer = await fetch("/phone/api/messages?limit=500");
  for (const message of (await answer.json()).messages) messages.set(message.id, message);
  render();
  const after = Math.max(0, ...messages.keys());
  const events = new EventSource(`/phone/events?after=${after}`);
  events.onopen = () => (state.textContent = "Ansluten");
  events.onerror = () => (state.textContent = "Ansluter igen");
  events.onmessage = (event) => {
    const message = JSON.parse(event.data);
    messages.set(message.id, message);
    render();
  };
}

start().catch(() => {
  state.textContent = "Ingen anslutning. Försöker igen.";
  setTimeout(() => location.reload(), 2000);
});
