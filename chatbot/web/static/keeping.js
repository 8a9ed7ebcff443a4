// The list of conversations kept in this browser: search in it, open one, delete one or all, or keep none.

import * as kept from "./kept.js";
import { element } from "./answers.js";

const box = document.getElementById("kept");
const list = document.getElementById("kept-list");
const search = document.getElementById("kept-search");
const keeping = document.getElementById("kept-keeping");
const count = document.getElementById("kept-count");
let opened = () => {};

function item(one) {
  const made = element("li");
  const show = element("button", "kept-open", one.entries[0].question);
  show.type = "button";
  show.addEventListener("click", () => {
    box.open = false;
    opened(one);
    document.getElementById("question").focus();
  });
  const remove = element("button", "quiet", "Delete");
  remove.type = "button";
  remove.setAttribute("aria-label", `Delete the conversation: ${one.entries[0].question}`);
  remove.addEventListener("click", () => {
    kept.forget(one.id);
    draw();
    search.focus();
  });
  made.append(show, " ", element("span", "facts", new Date(one.at).toLocaleDateString(document.documentElement.lang)), " ", remove);
  return made;
}

function draw() {
  const found = kept.holding(search.value).filter((one) => one.entries.length);
  list.replaceChildren(...found.map(item));
  count.textContent = found.length === 1 ? "1 conversation" : `${found.length} conversations`;
  keeping.checked = kept.isKeeping();
}

export function showKept(open) {
  if (!box) return;
  opened = open;
  box.hidden = false;
  draw();
}

if (box) {
  search.addEventListener("input", draw);
  document.getElementById("kept-new").addEventListener("click", () => {
    box.open = false;
    opened(null);
    document.getElementById("question").focus();
  });
  document.getElementById("kept-delete").addEventListener("click", () => {
    kept.forgetAll();
    box.open = false;
    opened(null);
    document.getElementById("question").focus();
  });
  keeping.addEventListener("change", () => {
    kept.setKeeping(keeping.checked);
    draw();
  });
}
