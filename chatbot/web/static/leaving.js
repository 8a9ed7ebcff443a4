// Leave this page: one click, or the Escape key three times, goes to a neutral page and leaves nothing on the screen.
// The address takes this page's place in the history of the tab, and a way back finds no conversation.

const link = document.getElementById("leave");
const WITHIN = 1500; // milliseconds for three times
let pressed = [];

export function leave() {
  document.title = "";
  document.body.hidden = true;
  try {
    window.sessionStorage.clear();
  } catch {
    // nothing was kept
  }
  window.location.replace(link.href);
}

link?.addEventListener("click", (event) => {
  event.preventDefault();
  leave();
});

window.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || event.repeat || !link) return;
    pressed = [...pressed, event.timeStamp].filter((at) => event.timeStamp - at < WITHIN);
    if (pressed.length >= 3) leave();
  },
  { capture: true },
);

// Who clicks in between, such as to open the next source, does not want to leave.
window.addEventListener("click", () => {
  pressed = [];
});

// A page that the browser kept alive for its Back button must not show again what was left.
window.addEventListener("pageshow", (event) => {
  if (event.persisted && document.body.hidden) window.location.replace(link.href);
});
