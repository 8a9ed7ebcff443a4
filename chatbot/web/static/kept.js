// Conversations that stay with the reader: kept in this browser alone, newest first, at most MOST of them.

const KEY = "helpdesk.conversations";
const CURRENT = "helpdesk.current";
const OFF = "helpdesk.keep-nothing";
const MOST = 50;

// A browser may forbid its storage (private windows, frames of other sites); then nothing is kept and all else works.
function read(store, key) {
  try {
    return store().getItem(key);
  } catch {
    return null;
  }
}

function write(store, key, value) {
  try {
    if (value === null) store().removeItem(key);
    else store().setItem(key, value);
    return true;
  } catch {
    return false;
  }
}

const local = () => window.localStorage;
const ofTab = () => window.sessionStorage;

export function isKeeping() {
  return read(local, OFF) === null;
}

export function setKeeping(value) {
  write(local, OFF, value ? null : "1");
  if (!value) forgetAll();
}

function isConversation(one) {
  return typeof one?.id === "string" && Array.isArray(one.entries) && one.entries.every((entry) => typeof entry?.question === "string" && entry.answer);
}

export function all() {
  try {
    return JSON.parse(read(local, KEY) ?? "[]").filter(isConversation);
  } catch {
    return []; // what cannot be read is not shown
  }
}

// Where the browser has no room, the oldest give way.
export function keep(conversation) {
  if (!isKeeping() || !conversation.entries.length) return;
  let held = [conversation, ...all().filter((one) => one.id !== conversation.id)].slice(0, MOST);
  while (held.length && !write(local, KEY, JSON.stringify(held))) held = held.slice(0, -1);
  write(ofTab, CURRENT, conversation.id);
}

export function forget(id) {
  write(local, KEY, JSON.stringify(all().filter((one) => one.id !== id)));
}

export function forgetAll() {
  write(local, KEY, null);
  write(ofTab, CURRENT, null);
}

// The conversation that this tab showed last, so that a reload brings it back.
export function current() {
  const id = read(ofTab, CURRENT);
  return all().find((one) => one.id === id);
}

export function setCurrent(id) {
  write(ofTab, CURRENT, id);
}

export function holding(text) {
  const sought = text.trim().toLowerCase();
  const told = (one) => one.entries.map((entry) => [entry.question, ...entry.answer.sentences.map((s) => s.text)].join(" "));
  return all().filter((one) => told(one).join(" ").toLowerCase().includes(sought));
}
