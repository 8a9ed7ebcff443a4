// Asks the API and gives what comes: sentences as they are ready, then the answer.

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

// Calls onSentence for each sentence, and gives the answer. Where something on the way does not let streams through,
// the answer comes in one piece.
export async function asked(request, signal, onSentence) {
  const reply = await fetch("/api/v1/answers", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "text/event-stream" },
    body: JSON.stringify(request),
    signal,
  });
  if (!reply.ok) throw new Error(await complaintOf(reply));
  if (!reply.headers.get("Content-Type").startsWith("text/event-stream")) {
    const answer = await reply.json();
    answer.sentences.forEach(onSentence);
    return answer;
  }
  for await (const [name, data] of eventsOf(reply)) {
    if (name === "sentence") onSentence(data);
    else if (name === "answer") return data;
    else if (name === "problem") throw new Error(data.detail);
  }
  throw new Error("The connection broke before the answer was complete. Please ask again.");
}
