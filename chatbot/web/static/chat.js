// Makes the chat page answer in place: sentences appear as they come, sources open beside the answer.
// Without it every form and link works as it stands. Text from the server is only ever set as text.

const form = document.getElementById("ask");
const field = document.getElementById("question");
const conversation = document.getElementById("conversation");
const announcer = document.getElementById("announcer");
const panel = document.getElementById("panel");
const button = form.querySelector("button");
const turns = [...form.querySelectorAll("input[name=turn]")].map((input) => input.value);
const jurisdictions = [...form.querySelectorAll("input[name=jurisdiction]")].map((input) => input.value);
const mostTurns = Number(field.dataset.maxTurns);
let asking = false;

function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

function passageAddress(citation) {
  const quotes = citation.spans.map(([start, end]) => `quote=${start}-${end}`);
  return `/passages/${citation.passage_id}?${quotes.join("&")}#cited`;
}

function documentAddress(citation) {
  const place = citation.passage_id.split(":").slice(1, 3).join(":");
  return `/documents/${citation.document_id}#${place}`;
}

function isWebAddress(address) {
  return /^https?:\/\//.test(address);
}

function sourceItem(citation) {
  const item = element("li");
  item.value = citation.number;
  const headings = citation.headings.at(-1);
  const label = citation.label === headings ? "" : ` › ${citation.label}`;
  const link = element("a", "open", `${citation.title} › ${headings}${label}`);
  link.href = passageAddress(citation);
  const facts = element("span", "facts");
  facts.append(element("span", `edition ${citation.edition}`, citation.edition === "official" ? "Official text" : "Digest"));
  const asOf = citation.status.as_of ? `, as of ${citation.status.as_of}` : "";
  facts.append(" · ", element("span", "status", `${citation.status.state}${asOf}`));
  if (citation.checked) facts.append(" ", element("span", `checked ${citation.age}`, citation.checked));
  const whole = element("a", "document", "Document");
  whole.href = documentAddress(citation);
  whole.setAttribute("aria-label", `Document: ${citation.title}`);
  item.append(link, " ", facts, " ", whole);
  if (isWebAddress(citation.official_url)) {
    const publisher = element("a", "publisher", "Publisher’s page");
    publisher.href = citation.official_url;
    publisher.rel = "noreferrer";
    item.append(" ", publisher);
  }
  return item;
}

function sourceList(title, citations) {
  const list = element("ol", "sources");
  list.append(...citations.map(sourceItem));
  return [element("h3", "", title), list];
}

// Its address is set when the answer is complete and its citations are known.
function markOf(number) {
  const mark = element("a", "mark", `[${number}]`);
  mark.dataset.number = number;
  mark.setAttribute("aria-label", `Source ${number}`);
  return mark;
}

function sentenceParagraph(sentence) {
  const paragraph = element("p", `sentence ${sentence.kind}${sentence.is_item ? " item" : ""}`);
  paragraph.append(element("span", "words", sentence.text));
  for (const number of sentence.citations) paragraph.append(" ", markOf(number));
  return paragraph;
}

function titlesOf(table, column) {
  return new Map(table.rows.flatMap((row) => row.cells[column]).map((line) => [line.document_id, line.title]));
}

function headingCell(scope, text) {
  const cell = element("th", "", text);
  cell.scope = scope;
  return cell;
}

function columnHeading(column, titles) {
  const cell = headingCell("col", column.name[0].toUpperCase() + column.name.slice(1));
  if (titles.size === 1) cell.append(" ", element("span", "of", [...titles.values()][0]));
  return cell;
}

function cellLine(line, isOneOfSeveral) {
  const paragraph = element("p", "line");
  if (isOneOfSeveral) paragraph.append(element("span", "of", line.title), " ");
  if (!line.is_law) paragraph.append(element("span", "badge", line.status), " ");
  paragraph.append(element("span", "words", line.text), " ", markOf(line.citation));
  return paragraph;
}

function tableRow(row, titles) {
  const made = element("tr");
  made.append(headingCell("row", row.label));
  row.cells.forEach((lines, column) => {
    const cell = element("td");
    cell.append(...lines.map((line) => cellLine(line, titles[column].size > 1)));
    if (!lines.length) cell.append(element("p", "line empty", conversation.dataset.notStated));
    made.append(cell);
  });
  return made;
}

function comparison(table) {
  const titles = table.columns.map((_, column) => titlesOf(table, column));
  const made = element("table", "comparison");
  made.append(element("caption", "", "What the sources held state, by jurisdiction"));
  const head = made.createTHead().insertRow();
  head.append(headingCell("col", "Element"), ...table.columns.map((column, n) => columnHeading(column, titles[n])));
  made.createTBody().append(...table.rows.map((row) => tableRow(row, titles)));
  const scroll = element("div", "scroll");
  scroll.tabIndex = 0;
  scroll.setAttribute("role", "group");
  scroll.setAttribute("aria-label", "Comparison");
  scroll.append(made);
  return scroll;
}

function finish(article, answer) {
  article.dataset.status = answer.status;
  if (answer.table) article.prepend(comparison(answer.table));
  if (answer.message) article.prepend(element("p", "message", answer.message));
  if (answer.read_as) article.prepend(element("p", "read-as", `Read as: ${answer.read_as}`));
  const byNumber = new Map(answer.citations.map((citation) => [String(citation.number), citation]));
  for (const mark of article.querySelectorAll(".mark")) mark.href = passageAddress(byNumber.get(mark.dataset.number));
  if (answer.closing) article.append(element("p", "closing", answer.closing));
  if (answer.citations.length) article.append(...sourceList("Sources", answer.citations));
  if (answer.nearest.length) article.append(...sourceList("Nearest in the sources", answer.nearest));
  article.dispatchEvent(new CustomEvent("answered", { bubbles: true, detail: answer }));
  const count = answer.sentences.length;
  const told = count ? `Answer with ${count} ${count === 1 ? "sentence" : "sentences"}.` : answer.message;
  announcer.textContent = answer.table ? `A table of ${answer.table.columns.length} jurisdictions. ${told}` : told;
}

async function* eventsOf(reply) {
  const reader = reply.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    let end;
    while ((end = text.indexOf("\n\n")) >= 0) {
      const lines = text.slice(0, end).split("\n");
      text = text.slice(end + 2);
      const name = lines.find((line) => line.startsWith("event: "))?.slice(7);
      const data = lines.find((line) => line.startsWith("data: "))?.slice(6);
      if (name && data) yield [name, JSON.parse(data)];
    }
  }
}

// A proxy on the way may give back a page of its own.
async function complaintOf(reply) {
  const problem = await reply.json().catch(() => ({}));
  return problem.detail || `The helpdesk cannot answer now (${reply.status}). Please ask again.`;
}

// An answer in one piece, where something on the way does not let streams through.
function finishAtOnce(article, answer) {
  article.append(...answer.sentences.map(sentenceParagraph));
  finish(article, answer);
}

async function answerInto(article, question) {
  const reply = await fetch("/api/v1/answers", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify({ question, turns: turns.slice(-mostTurns), jurisdictions }),
  });
  if (!reply.ok) throw new Error(await complaintOf(reply));
  if (!reply.headers.get("Content-Type").startsWith("text/event-stream")) return finishAtOnce(article, await reply.json());
  for await (const [name, data] of eventsOf(reply)) {
    if (name === "sentence") article.append(sentenceParagraph(data));
    else if (name === "answer") return finish(article, data);
    else if (name === "problem") throw new Error(data.detail);
  }
  throw new Error("The connection broke before the answer was complete. Please ask again.");
}

// The button stays enabled, because one that is disabled loses the focus.
function setAsking(value) {
  asking = value;
  button.setAttribute("aria-disabled", String(value));
}

function removeSuggestions(heading) {
  const suggestions = document.getElementById("suggestions");
  if (suggestions?.contains(document.activeElement)) heading.focus();
  suggestions?.remove();
}

async function ask(question) {
  document.getElementById("problem")?.remove();
  const heading = element("h2", "question", question);
  heading.tabIndex = -1;
  const article = element("article", "answer");
  article.setAttribute("aria-busy", "true");
  conversation.append(heading, article);
  removeSuggestions(heading);
  setAsking(true);
  try {
    await answerInto(article, question);
    turns.push(question);
  } catch (error) {
    const notice = element("p", "notice", error instanceof TypeError ? "The helpdesk cannot be reached. Please ask again." : error.message);
    notice.setAttribute("role", "alert");
    article.append(notice);
    field.value ||= question;
  } finally {
    article.removeAttribute("aria-busy");
    setAsking(false);
  }
}

document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || new URL(event.target.action).pathname !== "/") return;
  event.preventDefault();
  const question = (event.target === form ? field.value : event.submitter.value).trim();
  if (asking || !question) return;
  if (event.target === form) field.value = "";
  ask(question);
});

field.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
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
