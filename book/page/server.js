// The book's server: all that a page asks of it goes through here.
const server = (() => {
"use strict";

const TOKEN = "server-token";
const HOW_TO_OPEN = "open the address that the server printed in the terminal";

/** The token of the server, without which it runs nothing. @type {string | null} */
let token = null;

/** Moves the token from the address bar to this tab. Says whether it was there. */
function takeToken() {
  const parts = location.hash.slice(1).split("&");
  const found = parts.find((part) => part.startsWith("token="));
  if (!found) return false;
  sessionStorage.setItem(TOKEN, found.slice("token=".length));
  const rest = parts.filter((part) => part !== found).join("&");
  history.replaceState(null, "", location.pathname + (rest && `#${rest}`));
  return true;
}

try {
  takeToken();
  token = sessionStorage.getItem(TOKEN);
} catch {
  // A browser that keeps nothing runs nothing.
}
addEventListener("hashchange", () => takeToken() && location.reload());

/** What the server says instead of doing as it was asked. */
class Refusal extends Error {
  /** @param {string} message @param {number} [status] of HTTP @param {Refused} [said] */
  constructor(message, status, said = {}) {
    super(message);
    this.status = status;
    this.said = said;
  }
}

/** @param {string} path @param {RequestInit} [init] */
async function ask(path, init = {}) {
  const headers = { ...init.headers, Authorization: `Bearer ${token}` };
  const response = await fetch(path, { ...init, headers }).catch((error) => {
    if (init.signal?.aborted) throw error;
    throw new Refusal("the book's server does not answer: does it still run?");
  });
  if (response.ok) return response;
  if (response.status === 401) {
    dispatchEvent(new Event("old"));
    throw new Refusal(`the book's server was started anew: ${HOW_TO_OPEN}`);
  }
  const said = await response.json();
  throw new Refusal(said.error, response.status, said);
}

/**
 * What was refused is asked for once more if the reader agrees to it.
 * @param {string} path @param {object} body
 * @param {RequestInit & { agrees?: (said: Refused) => Promise<boolean> }} [options]
 */
async function post(path, body, { agrees, ...init } = {}) {
  const headers = { "Content-Type": "application/json" };
  const posted = () => ask(path, { ...init, method: "POST", headers, body: JSON.stringify(body) });
  return posted().catch(async (error) => {
    if (error instanceof Refusal && (await agrees?.(error.said))) return posted();
    throw error;
  });
}

return { isKnown: token !== null, HOW_TO_OPEN, Refusal, ask, post };
})();
