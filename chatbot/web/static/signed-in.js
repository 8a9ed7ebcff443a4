// In the window in which somebody signed in for a frame: fetches a token and hands it to that frame, if it is ours.

const reply = await fetch("/sign-in/token", { method: "POST" });
if (reply.ok && window.opener) {
  const { token } = await reply.json();
  window.opener.postMessage({ helpdeskToken: token }, location.origin);
  window.close();
}
