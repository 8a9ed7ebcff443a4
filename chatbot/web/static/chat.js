// Makes the chat page answer in place: sentences appear as they come, sources open beside the answer, conversations
// stay in the browser. Without it every form and link works as it stands.

import { actButton, announced, asText, element, finish, sentenceParagraph } from "./answers.js";
import { asked } from "./asking.js";
import * as kept from "./kept.js";
import { showKept } from "./keeping.js";

const form = document.getElementById("ask");
const field = document.getElementById("question");
const conversation = document.getElementById("conversation");
const announcer = document.getElementById("announcer");
const panel = document.getElementById("panel");
const button = form.querySelector("button[type=submit]");
const stop = document.getElementById("stop");
const suggestions = document.getElementById("suggestions");
const asksFirst = [...form.querySelectorAll("input[name=turn]")].map((input) => input.value);
const mostTurns = Number(field.dataset.maxTurns);
const shown = new Map(); // article -> { question, answer, isLeaning }
let current = fresh();
let asking = null; // what breaks off the answer that is coming

function fresh() {
  return { id: crypto.randomUUID?.() ?? String(Date.now()), at: Date.now(), entries: [] };
}

function turns() {
  return [...(current.entries.length ? [] : asksFirst), ...current.entries.map((entry) => entry.question)].slice(-mostTurns);
}

function chosen(name) {
  return [...form.querySelectorAll(`[name=${name}]`)].map((one) => one.value).filter(Boolean);
}

function place(question) {
  const heading = element("h2", "question", question);
  heading.tabIndex = -1;
  const article = element("article", "answer");
  conversation.append(heading, article);
  if (suggestions?.contains(document.activeElement)) heading.focus();
  if (suggestions) suggestions.hidden = true;
  return article;
}

function show(article, question, answer, isLeaning) {
  finish(article, answer, isLeaning);
  shown.set(article, { question, answer });
}

function remember(question, answer, isLeaning) {
  current.entries.push({ question, answer, isLeaning });
  kept.keep(current);
  showKept(open);
}

// The button stays enabled, because one that is disabled loses the focus.
function setAsking(controller) {
  asking = controller;
  button.setAttribute("aria-disabled", String(Boolean(controller)));
  if (!controller && document.activeElement === stop) field.focus();
  stop.hidden = !controller;
}

function complain(article, question, error) {
  const isStopped = error.name === "AbortError";
  const text = isStopped ? "Stopped." : error instanceof TypeError ? "The helpdesk cannot be reached. Please ask again." : error.message;
  const notice = element("p", "notice", text);
  notice.setAttribute("role", "alert");
  const retry = actButton("retry", "Ask again");
  retry.dataset.question = question;
  article.append(notice, retry);
  field.value ||= question;
}

async function ask(question, isAlone = false) {
  document.getElementById("problem")?.remove();
  const article = place(question);
  article.setAttribute("aria-busy", "true");
  const before = isAlone ? [] : turns();
  const request = { question, turns: before, jurisdictions: chosen("jurisdiction"), documents: chosen("document") };
  setAsking(new AbortController());
  try {
    const answer = await asked(request, asking.signal, (sentence) => article.append(sentenceParagraph(sentence)));
    show(article, question, answer, before.length > 0);
    remember(question, answer, before.length > 0);
    announcer.textContent = announced(answer);
  } catch (error) {
    complain(article, question, error);
  } finally {
    article.removeAttribute("aria-busy");
    setAsking(null);
  }
}

function remove(article) {
  const heading = article.previousElementSibling;
  const place = [...shown.keys()].indexOf(article);
  if (place >= 0) current.entries.splice(place, 1);
  shown.delete(article);
  if (heading?.matches("h2.question")) heading.remove();
  article.remove();
  if (current.entries.length) kept.keep(current);
  else kept.forget(current.id);
  showKept(open);
}

// Everything from this article on is asked anew.
function removeFrom(article) {
  for (let next = article; next; ) {
    const following = next.nextElementSibling?.nextElementSibling;
    remove(next);
    next = following;
  }
}

function questionOf(article) {
  return shown.get(article)?.question ?? article.previousElementSibling.textContent;
}

const ACTS = {
  alone(article) {
    const question = questionOf(article);
    remove(article);
    field.focus();
    ask(question, true);
  },
  edit(article) {
    field.value = questionOf(article);
    removeFrom(article);
    field.focus();
  },
  async copy(article, pressed) {
    const { question, answer } = shown.get(article);
    const isCopied = await navigator.clipboard?.writeText(asText(question, answer)).then(() => true, () => false);
    pressed.textContent = isCopied ? "Copied" : "Copying is not allowed here";
    announcer.textContent = pressed.textContent;
  },
  retry(article, pressed) {
    const question = pressed.dataset.question;
    if (field.value === question) field.value = "";
    remove(article);
    field.focus();
    ask(question);
  },
};

// Shows a conversation that was kept, or an empty page.
function open(one) {
  asking?.abort();
  shown.clear();
  conversation.replaceChildren();
  current = one ?? fresh();
  kept.setCurrent(one ? one.id : null);
  asksFirst.length = 0;
  for (const { question, answer, isLeaning } of current.entries) {
    const article = place(question);
    article.append(...answer.sentences.map(sentenceParagraph));
    show(article, question, answer, isLeaning);
  }
  if (suggestions) suggestions.hidden = current.entries.length > 0;
  showKept(open);
}

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || new URL(event.target.action).pathname !== "/") return;
  event.preventDefault();
  const article = event.target.closest("article.answer");
  if (article) return ACTS[event.submitter.dataset.act]?.(article, event.submitter);
  const question = (event.target === form ? field.value : event.submitter.value).trim();
  if (asking || !question) return;
  if (event.target === form) field.value = "";
  ask(question);
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit(button);
  }
});

stop.addEventListener("click", () => asking?.abort());

document.addEventListener("click", (event) => {
  const pressed = event.target.closest("button[type=button][data-act]");
  if (pressed && !asking) ACTS[pressed.dataset.act](pressed.closest("article.answer"), pressed);
});

document.addEventListener("click", async (event) => {
  const link = event.target.closest("a.mark, a.open");
  if (!link?.href || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  try {
    const address = new URL(link.href);
    address.searchParams.set("part", "section");
    const reply = await fetch(address);
    if (!reply.ok) throw new Error(reply.statusText);
    const section = new DOMParser().parseFromString(await reply.text(), "text/html").body.firstElementChild;
    document.getElementById("panel-content").replaceChildren(section);
    panel.showModal();
    section.querySelector("#cited")?.scrollIntoView({ block: "center" });
  } catch {
    window.location.assign(link.href);
  }
});

const again = conversation.children.length ? null : kept.current();
if (again) open(again);
else showKept(open);
