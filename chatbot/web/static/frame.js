// The chat inside a frame of another site. Cookies are not there, so a token from our own sign-in window, kept in
// memory alone, goes with every request. Escape tells the page around the frame to close its panel.

const signIn = document.getElementById("sign-in");
const main = document.getElementById("main");

window.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && window.parent !== window && !document.querySelector("dialog[open]")) {
    window.parent.postMessage({ parliamentaryHelpdesk: "close" }, "*"); // holds nothing that anybody must not see
  }
});

if (signIn) {
  const button = signIn.querySelector("button");
  const problem = document.getElementById("sign-in-problem");
  const plainFetch = window.fetch.bind(window);
  let token = "";
  let opened = null;

  const show = (isSignedIn) => {
    signIn.hidden = isSignedIn;
    main.hidden = !isSignedIn;
  };

  // Every script of the page asks through fetch; here all of them get the token, and an end of it is seen.
  window.fetch = async (address, options) => {
    const request = new Request(address, options);
    if (token && new URL(request.url).origin === location.origin) request.headers.set("Authorization", `Bearer ${token}`);
    const reply = await plainFetch(request);
    if (reply.status === 401) {
      token = "";
      problem.textContent = "Your sign-in has ended. Sign in again; what you wrote is kept.";
      show(false);
    }
    return reply;
  };

  button.addEventListener("click", () => {
    opened = window.open(button.dataset.address, "parliamentary-helpdesk-sign-in", "popup,width=520,height=680");
    problem.textContent = opened ? "Sign in in the window that has opened." : "The window was blocked. Allow it, then try again.";
  });

  window.addEventListener("message", (event) => {
    if (event.origin !== location.origin || event.source !== opened || typeof event.data?.helpdeskToken !== "string") return;
    token = event.data.helpdeskToken;
    show(true);
    document.getElementById("question")?.focus();
  });
}
