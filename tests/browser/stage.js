// A server that speaks as the book's server does, and runs nothing: a test says what
// a run does, and when. The pages are the static book's, made live.

import { createHash } from "node:crypto";
import { once, EventEmitter } from "node:events";
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { root } from "./book.js";

const TYPES = {
  ".html": "text/html",
  ".css": "text/css",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
  ".png": "image/png",
};

export const TOKEN = "0123456789abcdef";

/** Our styles and scripts, all of which stock mdBook puts into each page, in this order. */
export const OURS = Array.from(readFileSync(path.join(root, "book.toml"), "utf8").matchAll(/"book\/page\/(.+)"/g), ([, file]) => file);

/** What a page that is live has, and the static one may be without. */
const LIVE = ["changes.css", "changes.js", "edit.css", "edit.js", "xray-listing.css", "xray-listing.js"];

export class Stage extends EventEmitter {
  isLive = true;
  /** Whoever has another has the address of an earlier server. */
  token = TOKEN;
  /** Listings that read stdin. */
  reads = new Set();
  /** By address: the files of runs. */
  artifacts = new Map();
  /** What the next POST /runs is refused with: a status and a message. */
  refusal = undefined;
  /** What `progress.txt` says. */
  progress = {};
  /** The bodies of POST /progress. */
  noted = [];
  /** What becomes of a page's HTML before it is sent. */
  remake = (html) => html;
  /** It answers nothing but pages. */
  isDeaf = false;
  /** What an editor is refused with: a status and a message. */
  cannotEdit = undefined;
  /** The answers to POSTs below /runs/ID that a test holds back, to give them itself. */
  heldBack = undefined;
  /** The reader's own files of exercises, by their names. */
  files = new Map();
  /** What must be agreed to before an edit runs. */
  consent = undefined;
  #pages = new Set();
  #runs = [];

  /** Until the test is over: open the page first, which would complain of a server that ends. */
  static async open(test, folder) {
    const stage = new Stage();
    stage.folder = folder;
    test.after(() => stage.close());
    stage.server = createServer((request, response) => stage.#answer(request, response));
    // A failing test may leave it open: then it must not keep the process from its end.
    stage.server.unref();
    stage.server.listen(0, "127.0.0.1");
    await once(stage.server, "listening");
    stage.origin = `http://127.0.0.1:${stage.server.address().port}`;
    return stage;
  }

  /** The address of a page, as the server prints it. */
  address(page, fragment = `#token=${TOKEN}`) {
    return `${this.origin}/${page}${fragment}`;
  }

  close() {
    this.server.closeAllConnections();
    this.server.close();
  }

  /** The next run that a page asks for. */
  async run() {
    if (!this.#runs.length) await once(this, "run");
    return this.#runs.shift();
  }

  /** The next POST below /runs/ID: its address and body. */
  async posted() {
    const [posted] = await once(this, "posted");
    return posted;
  }

  /** Tells every page of a change; waits for a page to tell. */
  async tell(event, data = "", id = "") {
    if (!this.#pages.size) await once(this, "page");
    const lines = data.split("\n").map((line) => `data: ${line}\n`);
    const head = `${id && `id: ${id}\n`}event: ${event}\n`;
    for (const page of this.#pages) page.write(`${head}${lines.join("")}\n`);
  }

  async #answer(request, response) {
    const { pathname } = new URL(request.url, this.origin);
    const isPost = request.method === "POST";
    if (pathname === "/changes") return this.#addPage(response);
    if (!/^\/(runs|consent|progress|exercises|edits)(\/|$)/.test(pathname)) return this.#serve(pathname, response);
    const body = isPost ? JSON.parse(await text(request)) : {};
    const refuse = (status, error) => response.writeHead(status).end(JSON.stringify({ error }));
    if (this.isDeaf) return response.destroy();
    if (request.headers.authorization !== `Bearer ${this.token}`) return refuse(401, "no token");
    if (pathname === "/progress") return isPost ? this.#note(body, response) : answer(response, this.progress);
    if (this.cannotEdit && /^\/(edits|exercises)\//.test(pathname)) return refuse(...this.cannotEdit);
    if (pathname.startsWith("/edits/")) return response.writeHead(204).end();
    if (pathname.startsWith("/exercises/")) return this.#exercise(pathname.slice("/exercises/".length), body, isPost, response);
    if (!isPost) {
      const file = this.artifacts.get(pathname);
      return file ? response.end(file) : refuse(404, "no such artifact");
    }
    if (pathname === "/consent") this.consent = undefined;
    if (pathname !== "/runs") {
      const give = () => response.writeHead(204).end();
      if (this.heldBack) this.heldBack.push(give);
      else give();
      this.emit("posted", { pathname, body });
      return;
    }
    if (this.refusal) return refuse(...this.refusal);
    if (this.consent && ("source" in body || "exercise" in body)) {
      return response.writeHead(403).end(JSON.stringify({ error: "not yet agreed", consent: this.consent }));
    }
    response.writeHead(200, { "Content-Type": "application/x-ndjson" });
    response.flushHeaders();
    this.#runs.push(new StagedRun(body, response));
    this.emit("run");
  }

  #note({ set, remove, replace }, response) {
    if (replace) this.progress = {};
    for (const key of remove) delete this.progress[key];
    Object.assign(this.progress, set);
    this.noted.push({ set, remove, replace });
    response.writeHead(204).end();
    for (const page of this.#pages) page.write("event: progress\ndata:\n\n");
    this.emit("noted");
  }

  /** Waits until `progress.txt` says so. */
  async knows(key, value) {
    while (this.progress[key] !== value) await once(this, "noted");
  }

  #exercise(address, { source, version }, isPost, response) {
    const [, name, reset] = /^([^/]+\/[^/]+)(\/reset)?$/.exec(address);
    // A page asks for each exercise that comes into sight.
    const file = this.files.get(name) ?? { source: "", given: "" };
    if (reset) file.source = file.given;
    else if (isPost && this.consent) {
      return answer(response, { error: "not yet agreed", consent: this.consent }, 403);
    } else if (isPost && version !== hash(file.source)) {
      const error = "the file has changed on disk";
      return answer(response, { error, source: file.source, version: hash(file.source) }, 409);
    } else if (isPost) file.source = source;
    answer(response, { source: file.source, version: hash(file.source), begun: file.source !== file.given, given: file.given });
  }

  #addPage(response) {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.flushHeaders();
    this.#pages.add(response);
    response.on("close", () => this.#pages.delete(response));
    this.emit("page");
  }

  async #serve(pathname, response) {
    const file = path.join(this.folder, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    let content = await readFile(file).catch(() => null);
    if (!content) return response.writeHead(404).end();
    const type = TYPES[path.extname(file)] ?? "application/octet-stream";
    if (type === "text/html") content = this.remake(content.toString());
    if (type === "text/html" && this.isLive) content = this.#made(content);
    response.writeHead(200, { "Content-Type": type }).end(content);
  }

  #made(page) {
    const html = loading(page, LIVE).replace("<html ", "<html data-served ");
    const checked = html.replaceAll(' data-exercise=""', ' data-exercise="" data-live=""');
    return checked.replace(/data-listing="([^"]+)" data-time-limit/g, (_, name) => {
      const stdin = this.reads.has(name) ? ' data-stdin=""' : "";
      return `data-live="" data-listing="${name}"${stdin} data-time-limit`;
    });
  }
}

/** A run as the test plays it. */
export class StagedRun {
  constructor(body, response) {
    this.body = body;
    this.response = response;
    /** Resolves when the page has gone away, or the run has ended. */
    this.closed = once(response, "close");
  }

  send(...events) {
    const lines = events.map((event) => JSON.stringify({ t: 0, ...event }) + "\n");
    return this.response.write(lines.join(""));
  }

  started(id = "r1") {
    return this.send({ kind: "started", pid: 7, command: "cargo run", id });
  }

  stdout(...pieces) {
    return this.send(...pieces.map((piece) => ({ kind: "stdout", text: piece })));
  }

  stderr(...pieces) {
    return this.send(...pieces.map((piece) => ({ kind: "stderr", text: piece })));
  }

  /** The end of a run that went well, unless other events are given. */
  end(...events) {
    const well = [
      { t: 0.2, kind: "exited", code: 0, seconds: 0.0071 },
      { t: 0.2, kind: "compared", verdict: "as_recorded", differences: [] },
    ];
    this.send(...(events.length ? events : well));
    this.response.end();
  }
}

/** By what a page loads a file of ours. */
const loader = (page, file) => RegExp(`<[^>]*/page/${file.replace(".", "(-[0-9a-f]{8})?\\.")}"[^>]*>(</script>)?`).exec(page)?.[0];

/** The page with these files too, each in its place among `OURS`. */
export function loading(page, files) {
  return files.filter((file) => !loader(page, file)).reduce((made, file) => {
    const before = OURS.slice(0, OURS.indexOf(file)).map((other) => loader(made, other)).findLast(Boolean);
    const added = file.endsWith(".css") ? `<link rel="stylesheet" href="/page/${file}">` : `<script src="/page/${file}"></script>`;
    return before ? made.replace(before, () => before + added) : made;
  }, page);
}

/** The version of a text. */
const hash = (text) => createHash("sha256").update(text).digest("hex");

function answer(response, body, status = 200) {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
}

async function text(request) {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}
