// How a page of a simulator talks with it.

/** @throws Error with the simulator's own sentence. A body that is a file goes as it is, anything else as JSON. */
export async function call(method, path, body) {
  const headers = { 'content-type': body instanceof Blob ? body.type || 'application/octet-stream' : 'application/json' };
  const response = await fetch(`/control${path}`, {
    method,
    ...(body === undefined ? {} : { headers, body: body instanceof Blob ? body : JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error((await response.json().catch(() => ({}))).message || `The simulator answered ${response.status}.`);
  return response.json();
}

/** Calls `onChange` with what the simulator tells of everything that happens, `onLine` with whether the line is up. */
export function follow(onChange, onLine) {
  const source = new EventSource('/control/events');
  source.addEventListener('change', (event) => onChange(JSON.parse(event.data)));
  source.addEventListener('open', () => onLine(true));
  source.addEventListener('error', () => onLine(false));
}

/** Many things may happen at once; one look sees them all. Returns what asks for a look; `what` of all that asked is handed over. */
export function gathered(look, ms) {
  let due;
  let asked = [];
  return (what) => {
    asked.push(what);
    due ??= setTimeout(() => {
      const all = asked;
      due = undefined;
      asked = [];
      void look(all);
    }, ms);
  };
}
