// Sends feedback in place and thanks there; puts the form under answers that the page's script has made.
// Without it the form posts to a page of its own.

const template = document.getElementById("feedback-template");

function hidden(name, value) {
  const input = document.createElement("input");
  input.type = "hidden";
  input.name = name;
  input.value = value;
  return input;
}

function formUnder(article, answer) {
  const folded = template.content.firstElementChild.cloneNode(true);
  const form = folded.querySelector("form");
  form.elements.snapshot_id.value = answer.snapshot_id;
  form.elements.status.value = answer.status;
  form.elements.question.value = article.previousElementSibling?.textContent ?? "";
  const passages = new Set(answer.citations.map((citation) => citation.passage_id));
  form.append(...[...passages].map((id) => hidden("passage", id)));
  article.append(folded);
}

function written(form) {
  const sent = new FormData(form);
  return {
    opinion: sent.get("opinion"),
    snapshot_id: sent.get("snapshot_id"),
    status: sent.get("status"),
    passages: sent.getAll("passage"),
    comment: sent.get("comment"),
    question: sent.get("with_question") ? sent.get("question") : "",
  };
}

async function send(form) {
  const reply = await fetch("/api/v1/feedback", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(written(form)),
  });
  if (reply.ok) return "";
  const problem = await reply.json().catch(() => ({}));
  return problem.detail || template.dataset.unreachable;
}

function thank(form) {
  const thanks = document.createElement("p");
  thanks.className = "thanks";
  thanks.tabIndex = -1;
  thanks.setAttribute("role", "status");
  thanks.textContent = template.dataset.thanks;
  form.closest("details").replaceWith(thanks);
  thanks.focus();
}

function complain(form, problem) {
  form.querySelector(".notice")?.remove();
  const notice = document.createElement("p");
  notice.className = "notice";
  notice.setAttribute("role", "alert");
  notice.textContent = problem;
  form.prepend(notice);
}

if (template) {
  document.addEventListener("answered", (event) => {
    const answer = event.detail;
    if (!template.dataset.notAfter.split(" ").includes(answer.status)) formUnder(event.target, answer);
  });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("details .feedback-form")) return;
    event.preventDefault();
    if (form.getAttribute("aria-busy") === "true") return;
    form.setAttribute("aria-busy", "true");
    const problem = await send(form).catch(() => template.dataset.unreachable);
    form.removeAttribute("aria-busy");
    if (!problem) return thank(form);
    complain(form, problem);
  });
}
