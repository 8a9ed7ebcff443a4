// Draws an answer of the API. Text from the server is only ever set as text.

const words = JSON.parse(document.getElementById("conversation").dataset.words);

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text) made.textContent = text;
  return made;
}

export function passageAddress(citation) {
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

export function sourceList(title, citations) {
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

export function sentenceParagraph(sentence) {
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
    if (!lines.length) cell.append(element("p", "line empty", words.notStated));
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

function finishMarks(article, answer) {
  const byNumber = new Map(answer.citations.map((citation) => [String(citation.number), citation]));
  for (const mark of article.querySelectorAll(".mark")) mark.href = passageAddress(byNumber.get(mark.dataset.number));
}

function readAs(answer, isLeaning) {
  const reading = element("div", "reading");
  reading.append(element("p", "read-as", `Read as: ${answer.read_as}`));
  if (isLeaning) reading.append(" ", actButton("alone", "Ask it on its own"));
  return reading;
}

export function actButton(act, text) {
  const made = element("button", "act", text);
  made.type = "button";
  made.dataset.act = act;
  return made;
}

function actions(answer) {
  const row = element("div", "actions");
  row.append(actButton("edit", "Edit the question"));
  if (answer.sentences.length || answer.table) row.append(actButton("copy", "Copy with sources"));
  return row;
}

// Completes an article whose sentences are there already.
export function finish(article, answer, isLeaning) {
  article.dataset.status = answer.status;
  if (answer.table) article.prepend(comparison(answer.table));
  if (answer.message) article.prepend(element("p", "message", answer.message));
  if (answer.read_as) article.prepend(readAs(answer, isLeaning));
  if (words.statuses[answer.status]) article.prepend(element("p", "told-status", words.statuses[answer.status]));
  finishMarks(article, answer);
  if (answer.closing) article.append(element("p", "closing", answer.closing));
  if (answer.citations.length) article.append(...sourceList("Sources", answer.citations));
  if (answer.nearest.length) article.append(...sourceList("Nearest in the sources", answer.nearest));
  article.append(actions(answer));
  article.dispatchEvent(new CustomEvent("answered", { bubbles: true, detail: answer }));
}

// What a listener is told once when an answer is complete.
export function announced(answer) {
  const count = answer.sentences.length;
  const told = count ? `Answer with ${count} ${count === 1 ? "sentence" : "sentences"}.` : answer.message;
  return answer.table ? `A table of ${answer.table.columns.length} jurisdictions. ${told}` : told;
}

function sourceLine(citation) {
  const edition = citation.edition === "official" ? "official text" : "digest";
  const asOf = citation.status.as_of ? `, as of ${citation.status.as_of}` : "";
  const address = isWebAddress(citation.official_url) ? ` ${citation.official_url}` : "";
  return `[${citation.number}] ${citation.title}, ${citation.label} (${edition}; ${citation.status.state}${asOf})${address}`;
}

function rowLines(row, columns) {
  return columns.flatMap((column, n) => row.cells[n].map((line) => `${row.label}, ${column.name}: ${line.text} [${line.citation}]`));
}

// An answer as text that can be pasted anywhere, with its sources below.
export function asText(question, answer) {
  const table = answer.table ? answer.table.rows.flatMap((row) => rowLines(row, answer.table.columns)) : [];
  const sentences = answer.sentences.map((one) => `${one.text} ${one.citations.map((number) => `[${number}]`).join("")}`);
  const said = [question, answer.message, ...table, ...sentences, answer.closing].filter(Boolean);
  const sources = answer.citations.map(sourceLine);
  return [...said, "", ...sources, `Snapshot ${answer.snapshot_id}`].join("\n");
}
