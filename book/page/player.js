// The player shows in a listing's figure what a run of it says, event by
// event. A live run and a recording go the same way.
(() => {
"use strict";

// ---- Text: bytes as what can be seen, as in the recorded output

/** @type {Stream[]} */
const STREAMS = ["stdin", "stdout", "stderr"];

/** @param {string} c */
const escaped = (c) => "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0");

/** One stream of a run: its pieces may be cut anywhere. */
class Decoder {
  #utf8 = new TextDecoder("utf-8", { ignoreBOM: true });
  #returned = false;

  /**
   * Control characters are shown, not obeyed. A line that a terminal would
   * write over ends at its carriage return.
   * @param {Partial<RunEvent>} event  a piece, or none at the end
   */
  read({ text, base64, kind }) {
    const bytes = base64
      ? Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
      : new TextEncoder().encode(text);
    const read = this.#utf8.decode(bytes, { stream: kind !== undefined });
    if (!read) return "";
    const late = this.#returned && read[0] !== "\n" ? "\n" : "";
    this.#returned = read.endsWith("\r");
    return late + read
      .replace(/\r(?!\n|$)/g, "\\r\n")
      .replace(/\r/g, "\\r")
      .replace(/[\0-\x08\x0b-\x1f\x7f-\x9f]/g, escaped);
  }
}

/** @param {number} seconds */
const duration = (seconds) =>
  seconds < 1 ? `${Math.ceil(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;

/** @param {number} bytes */
const size = (bytes) => `${Math.ceil(bytes / 1024)} KiB`;

/** How a run ended. @param {RunEvent} event */
const outcome = ({ code, signal }) =>
  signal === undefined ? `exit status ${code}` : `ended by signal ${signal}`;

// ---- Screen: what stands in the box, with bounded memory

/** Kept of an output's beginning, and of its end, in characters. */
const KEPT = 64 * 1024;

/** Small pieces are put together up to this. */
const PIECE = 4096;

/** Nothing takes the page for longer, in ms. */
const SHORT = 50;

/** @param {string} tag @param {string} className @param {...(string | Node)} children */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

class Screen {
  #leftOut = 0;
  #room = KEPT;
  /** @type {Piece[]} */
  #fresh = [];
  /** @type {Piece[]} */
  #end = [];
  #endSize = 0;
  #isStale = false;
  #drawn = 0;
  #gap = element("p", "left-out");

  /** @param {HTMLElement} box */
  constructor(box) {
    this.box = box;
  }

  /** @param {Stream} stream @param {string} text */
  write(stream, text) {
    if (this.#room > 0) {
      // It ends with a line, where it can.
      const isLast = text.length > this.#room;
      const cut = (isLast && text.lastIndexOf("\n", this.#room - 1) + 1) || this.#room;
      add(this.#fresh, stream, text.slice(0, cut));
      this.#room -= isLast ? this.#room : text.length;
      text = text.slice(cut);
    }
    if (text) {
      add(this.#end, stream, text);
      this.#endSize += text.length;
      this.#isStale = true;
      this.#forget();
    }
  }

  /** What follows is the end. @param {number} bytes */
  leaveOut(bytes) {
    this.#leftOut += bytes;
    this.#room = 0;
    this.#isStale = true;
  }

  #forget() {
    for (let excess = this.#endSize - KEPT; excess > PIECE; ) {
      const oldest = this.#end[0];
      const gone = oldest.text.slice(0, excess);
      oldest.text = oldest.text.slice(gone.length);
      if (!oldest.text) this.#end.shift();
      excess -= gone.length;
      this.#endSize -= gone.length;
      this.#leftOut += new TextEncoder().encode(gone).length;
    }
  }

  /** Draws what came since. @param {boolean} all  even if it just drew */
  draw(all) {
    for (const piece of this.#fresh.splice(0)) this.#append(piece);
    const now = performance.now();
    if (!this.#isStale || (!all && now - this.#drawn < 4 * SHORT)) return !this.#isStale;
    this.#drawn = now;
    this.#isStale = false;
    if (!this.#gap.parentNode) this.box.append(this.#gap);
    while (this.#gap.nextSibling) this.#gap.nextSibling.remove();
    this.#gap.textContent = this.#leftOut ? `${size(this.#leftOut)} left out` : "";
    for (const piece of this.#end) this.#append(piece);
    return true;
  }

  /** @param {Piece} piece */
  #append({ stream, text }) {
    let run = this.box.lastElementChild;
    if (!run?.classList.contains(stream)) {
      if (stream !== "stdout") this.box.append(element("span", "stream", stream));
      run = element("pre", `run ${stream}`);
      this.box.append(run);
    }
    if (stream === "stdout") return run.append(text);
    for (const line of text.split(/(?<=\n)/)) {
      const last = run.lastChild;
      if (last && !last.textContent?.endsWith("\n")) last.appendChild(new Text(line));
      else run.append(element("span", "line", line));
    }
  }
}

/** @param {Piece[]} pieces @param {Stream} stream @param {string} text */
function add(pieces, stream, text) {
  const last = pieces.at(-1);
  if (last?.stream === stream && last.text.length < PIECE) last.text += text;
  else pieces.push({ stream, text });
}

// ---- Where events come from: a recording, or the server

/** A longer pause is shortened to this, in seconds. */
const LONGEST_PAUSE = 1;

/** @param {RunEvent[]} events @returns {Source} */
const recorded = (events) =>
  async function* (signal) {
    let before = 0;
    for (const event of events) {
      const pause = Math.min(event.t - before, LONGEST_PAUSE);
      await new Promise((resolve) => setTimeout(resolve, pause * 1000));
      signal.throwIfAborted();
      before = event.t;
      yield [event];
    }
  };

/** @param {Figure} figure @returns {Source} */
const live = (figure) =>
  async function* (signal) {
    const [chapter, listing] = (figure.dataset.listing ?? "").split("/");
    const wanted = await figure.wanted?.().catch(({ message }) => {
      throw new Refusal(message);
    });
    const body = { chapter, listing, ...wanted };
    const response = await post("/runs", body, signal).catch(async (refusal) => {
      if (await figure.agrees?.(refusal)) return post("/runs", body, signal);
      throw refusal;
    });
    const text = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    for (let rest = ""; ; ) {
      const { done = true, value } = (await text?.read()) ?? {};
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      yield lines.map((line) => JSON.parse(line));
    }
  };

/** What lets this tab run listings. */
const TOKEN = "server-token";
const token = () => sessionStorage.getItem(TOKEN);

/** Takes it out of the address bar. Says whether it was there. */
function takeToken() {
  const parts = location.hash.slice(1).split("&");
  const found = parts.find((part) => part.startsWith("token="));
  if (!found) return false;
  sessionStorage.setItem(TOKEN, found.slice("token=".length));
  const rest = parts.filter((part) => part !== found).join("&");
  history.replaceState(null, "", location.pathname + (rest && `#${rest}`));
  return true;
}

const HOW_TO_START = "to run it from here, start the book with `cargo run`";
const HOW_TO_OPEN = "open the address that `cargo run` printed in the terminal";

/** What the server says instead. */
class Refusal extends Error {}

/** @param {string} path @param {RequestInit} init */
async function ask(path, init) {
  const headers = { ...init.headers, Authorization: `Bearer ${token()}` };
  const response = await fetch(path, { ...init, headers }).catch((error) => {
    if (init.signal?.aborted) throw error;
    throw new Refusal("the server does not answer: does `cargo run` still run?");
  });
  if (response.ok) return response;
  if (response.status === 401) throw new Refusal(`the server was started anew: ${HOW_TO_OPEN}`);
  const said = await response.json();
  throw Object.assign(new Refusal(said.error), said);
}

/** @param {string} path @param {object} body @param {AbortSignal} [signal] */
function post(path, body, signal) {
  const headers = { "Content-Type": "application/json" };
  return ask(path, { method: "POST", headers, body: JSON.stringify(body), signal });
}

// ---- Player: one figure, its controls and states

class Player {
  #state = /** @type {State} */ ("ready");
  #abort = new AbortController();
  /** @type {Screen | undefined} */
  #screen;
  /** @type {Partial<Record<Stream, Decoder>>} */
  #decoders = {};
  #id = "";
  #isStopping = false;
  #hasEnded = false;
  /** What is said of the end. @type {string[]} */
  #end = [];
  #frame = 0;
  #clock = 0;
  /** The last event: by the run's time in s, and by ours in ms. */
  #last = { t: 0, at: 0 };

  /** @param {Figure} figure */
  constructor(figure) {
    this.figure = figure;
    this.title = this.#part("number").textContent ?? "";
    this.terminal = this.#part("terminal");
    this.classes = this.terminal.className;
    const isLive = "live" in figure.dataset && token() !== null;
    this.terminal.insertAdjacentHTML("beforebegin", `
<div class="controls" role="group" aria-label="Controls of ${this.title}">
<button class="play"></button><button class="replay"></button><button class="copy"></button>
<span class="heard said" role="status"></span></div>`);
    this.terminal.insertAdjacentHTML("afterend", `
<form class="feed"><fieldset class="open">
<label>stdin<span class="heard"> of ${this.title}</span>
<input class="line-fed" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
<button>Send line</button><button type="button" class="end-input">End of input</button>
</fieldset></form>
<div class="foot"><span class="state"></span><span class="elapsed"></span><span class="hint"></span></div>
<div class="after"></div>`);
    this.run = this.#button("play", () => this.#run());
    this.replay = this.#button("replay", () => this.#replay());
    this.copy = this.#button("copy", () => this.#copy());
    this.heard = this.#part("said");
    this.state = this.#part("state");
    this.elapsed = this.#part("elapsed");
    this.after = this.#part("after");
    this.open = /** @type {HTMLFieldSetElement} */ (this.#part("open"));
    this.#readStdin();
    if (!isLive) this.run.remove();
    figure.addEventListener("verb", () => this.#nameRun());
    figure.addEventListener("recorded", () => {
      if (this.isActive) return;
      this.#abort.abort();
      this.#showRecorded();
    });
    if (!isLive || !("stdin" in figure.dataset)) this.#part("feed").remove();
    const hint = "live" in figure.dataset ? `to run it, ${HOW_TO_OPEN}` : HOW_TO_START;
    this.#part("hint").append(...(isLive ? [] : withCode(hint)));
    this.#part("foot").append(this.#part("recorded"));
    this.output = this.#part("output");
    this.output.classList.add("has-player");
    this.#label(this.copy, "", "Copy command");
    this.#enter("ready");
  }

  /** @param {string} name */
  #part(name) {
    return /** @type {HTMLElement} */ (this.figure.querySelector(`.${name}`));
  }

  /** @param {string} name @param {() => void} act */
  #button(name, act) {
    const button = /** @type {HTMLButtonElement} */ (this.#part(name));
    // The second click of two would stop what the first began.
    button.onclick = (event) => event.detail < 2 && act();
    return button;
  }

  /** @param {Element} button @param {string} icon @param {string} word */
  #label(button, icon, word) {
    const drawn = element("span", "icon", icon);
    drawn.ariaHidden = "true";
    button.replaceChildren(drawn, word, element("span", "heard", ` ${this.title}`));
  }

  #readStdin() {
    const line = /** @type {HTMLInputElement} */ (this.#part("line-fed"));
    /** @type {HTMLFormElement} */ (this.#part("feed")).onsubmit = (event) => {
      event.preventDefault();
      const text = `${line.value}\n`;
      line.value = "";
      line.focus();
      this.#send({ text }, text);
    };
    this.#button("end-input", () => {
      this.open.disabled = true;
      this.run.focus();
      this.#send({ end: true }, "");
    });
  }

  /** @param {object} body @param {string} echo */
  async #send(body, echo) {
    this.#write("stdin", echo);
    await post(`/runs/${this.#id}/stdin`, body, this.#abort.signal).catch((error) => {
      // It may just have ended, as its own events will say.
      if (this.isActive) this.#end.push(error.message);
    });
  }

  #run() {
    if (!this.isActive) return this.#play("waiting", live(this.figure));
    if (!this.#id || this.#isStopping) return this.end("stopped");
    this.#isStopping = true;
    this.#say("stopping");
    post(`/runs/${this.#id}/stop`, {}).catch(() => this.#hasEnded || this.end("stopped"));
  }

  #replay() {
    if (this.#state === "replaying") {
      this.#abort.abort();
      return this.#showRecorded();
    }
    const events = JSON.parse(this.#part("events").textContent ?? "");
    this.#play("replaying", recorded(events));
  }

  async #copy() {
    const command = this.#part("typed");
    try {
      await navigator.clipboard.writeText(command.textContent ?? "");
      this.#label(this.copy, "", "Copied");
      this.heard.textContent = "Command copied";
    } catch {
      getSelection()?.selectAllChildren(command);
    }
    setTimeout(() => this.#label(this.copy, "", "Copy command"), 2000);
  }

  /** Ends a run at once, by going away. @param {string} why */
  end(why) {
    if (!this.isActive) return;
    this.#abort.abort();
    this.#finish("ended", [why]);
  }

  get isActive() {
    return this.#state === "waiting" || this.#state === "running";
  }

  /** @param {State} state @param {Source} source */
  async #play(state, source) {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#begin();
    this.#enter(state);
    try {
      let rested = performance.now();
      for await (const events of source(signal)) {
        if (signal.aborted) return;
        for (const event of events) this.#take(event);
        if (document.hidden || performance.now() - rested < SHORT) continue;
        await new Promise((resolve) => setTimeout(resolve));
        rested = performance.now();
      }
      if (!this.#hasEnded) throw new Refusal("the server went away");
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof Refusal ? error.message : `its events broke off: ${error}`;
      return this.#finish("failed", [...this.#end, why]);
    }
    if (this.#state === "replaying") this.#showRecorded();
    else this.#finish(this.#state === "failed" ? "failed" : "ended", this.#end);
  }

  #begin() {
    const { height } = this.terminal.getBoundingClientRect();
    this.#clean();
    this.#id = "";
    this.#end = [];
    this.#decoders = {};
    this.#hasEnded = this.#isStopping = false;
    this.#last = { t: 0, at: performance.now() };
    const command = this.#part("command").cloneNode(true);
    const box = element("div", "screen played", command);
    Object.assign(box.dataset, { verb: this.figure.dataset.verb ?? "" });
    this.#screen = new Screen(box);
    this.terminal.append(box);
    // It does not shrink while it fills anew.
    this.terminal.style.minHeight = `${height}px`;
    this.terminal.classList.add("long");
    this.output.classList.add("is-played");
  }

  /** @param {RunEvent} event */
  #take(event) {
    const { t, kind } = event;
    const stream = STREAMS.find((stream) => stream === kind);
    this.#last = { t, at: performance.now() };
    if (kind === "waiting") {
      this.#say(event.ahead ? `waiting, ${event.ahead} ahead` : "waiting");
    } else if (kind === "started") {
      this.#id = event.id ?? "";
      if (this.#state === "waiting") this.#enter("running");
    } else if (stream) {
      this.#decoders[stream] ??= new Decoder();
      this.#write(stream, this.#decoders[stream].read(event));
    } else if (kind === "left_out") {
      this.#screen?.leaveOut(event.bytes ?? 0);
    } else if (kind === "left_behind") {
      this.#end.push(`left ${event.name} behind`);
    } else if (kind === "timed_out") {
      this.#end.push(`stopped after ${event.seconds} s, its limit`);
    } else if (kind === "exceeded") {
      this.#end.push(`stopped: more than ${event.most} ${event.what}`);
    } else if (kind === "exited") {
      this.#hasEnded = true;
      this.#end.unshift(outcome(event), duration(event.seconds ?? t));
    } else if (kind === "artifacts") {
      for (const file of event.files ?? []) this.#offer(file, this.#abort.signal);
    } else if (kind === "compared") {
      this.#compare(event);
    } else if (kind === "failed") {
      this.#hasEnded = true;
      this.#state = "failed";
      this.#end.push(event.message ?? "");
    } else {
      if (kind === "building") this.#say(kind);
      if (kind === "checked") this.#end.splice(0, 1, event.passed ? "✓ passed" : "not yet");
      // Somebody else may know it.
      this.figure.dispatchEvent(new CustomEvent(kind, { detail: event }));
    }
  }

  /** @param {Stream} stream @param {string} text */
  #write(stream, text) {
    if (!text) return;
    if (stream !== "stdout") this.terminal.classList.add("marked");
    this.#screen?.write(stream, text);
    this.#drawSoon();
  }

  #drawSoon() {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      if (!this.#draw(false)) this.#drawSoon();
    });
  }

  /** Follows the end if that is in sight. @param {boolean} all */
  #draw(all) {
    const { terminal } = this;
    const below = terminal.scrollHeight - terminal.clientHeight - terminal.scrollTop;
    const isDrawn = this.#screen?.draw(all) ?? true;
    if (below < 8) terminal.scrollTop = terminal.scrollHeight;
    return isDrawn;
  }

  /** The server compares. @param {RunEvent} event */
  #compare({ verdict = "", differences = [], why }) {
    this.#end.push(verdict === "differs" ? "not as recorded" : verdict.replace("_", " "));
    if (why) this.#end.push(why);
    if (!differences.length) return;
    const list = element("ul", "", ...differences.map((line) => element("li", "", line)));
    this.after.append(element("details", "", element("summary", "", "How it differs"), list));
  }

  /** Shows what the run left. @param {Artifact} file @param {AbortSignal} signal */
  async #offer(file, signal) {
    const { name, type } = file;
    const item = element("p", "artifact", `${name}, ${size(file.bytes)}`);
    this.after.append(item);
    if (file.too_large) return item.append(": too large for the page");
    try {
      const response = await ask(`/runs/${this.#id}/artifacts/${encodeURIComponent(name)}`, { signal });
      const blob = await response.blob();
      if (signal.aborted) return;
      const url = URL.createObjectURL(new Blob([blob], { type }));
      const link = Object.assign(element("a", "", name), { href: url, download: name });
      item.replaceChildren(link, `, ${size(file.bytes)}`);
      const tag = { audio: "audio", image: "img" }[type.split("/")[0]];
      const properties = { src: url, alt: name, ariaLabel: name, controls: true };
      if (tag) item.append(Object.assign(element(tag, ""), properties));
    } catch (error) {
      item.append(`: ${/** @type {Error} */ (error).message}`);
    }
  }

  /** @param {State} state @param {string[]} words */
  #finish(state, words) {
    for (const stream of STREAMS) this.#write(stream, this.#decoders[stream]?.read({}) ?? "");
    this.#draw(true);
    const box = this.#screen?.box;
    if (state === "ended" && box?.childElementCount === 1) box.append(element("p", "silent", "no output"));
    this.#enter(state);
    this.state.replaceChildren(...withCode(words.join(" · ")));
    this.heard.textContent = `${this.title}: ${words.join(", ")}`;
  }

  #showRecorded() {
    this.#clean();
    this.#enter("ready");
    this.heard.textContent = `${this.title}: ${this.#end.join(", ") || "replay stopped"}`;
  }

  /** Takes away what was played, and what it left. */
  #clean() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#screen?.box.remove();
    this.terminal.className = this.classes;
    this.terminal.style.minHeight = "";
    this.output.classList.remove("is-played");
    this.after.querySelectorAll("a").forEach((link) => URL.revokeObjectURL(link.href));
    this.after.replaceChildren();
  }

  /** @param {string} words */
  #say(words) {
    this.state.textContent = words;
    this.heard.textContent = words && `${this.title}: ${words}`;
  }

  /** @param {State} state */
  #enter(state) {
    this.#state = state;
    this.figure.dataset.state = state;
    const { isActive } = this;
    const isReplay = state === "replaying";
    this.#nameRun();
    this.#label(this.replay, isReplay ? "■" : "↻", isReplay ? "Stop replay" : "Replay");
    this.replay.disabled = isActive;
    this.open.disabled = state !== "running";
    this.#say(isActive || isReplay ? state : "");
    clearInterval(this.#clock);
    this.elapsed.textContent = "";
    if (state === "running" || isReplay) this.#startClock();
  }

  #nameRun() {
    const { isActive } = this;
    this.#label(this.run, isActive ? "■" : "▶", isActive ? "Stop" : this.figure.dataset.verb ?? "Run");
  }

  #startClock() {
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const { timeLimit } = this.figure.dataset;
    const limit = this.isActive && timeLimit ? ` of at most ${timeLimit} s` : "";
    const show = () => {
      const seconds = this.#last.t + (performance.now() - this.#last.at) / 1000;
      this.elapsed.textContent = seconds.toFixed(isCalm ? 0 : 1) + ` s${limit}`;
    };
    show();
    this.#clock = setInterval(show, isCalm ? 1000 : 100);
  }
}

/** What stands between backticks, as code. @param {string} words */
const withCode = (words) =>
  words.split("`").map((part, at) => (at % 2 ? element("code", "", part) : part));

// ---- The book's changes, and what is wrong with it

/** @param {Player[]} players */
function watchChanges(players) {
  const bar = element("div", "book-bar");
  bar.role = "alert";
  document.body.append(bar);

  const reload = () => {
    // A run that is under way goes on, and so does an edit.
    const isEdited = document.querySelector(".is-edited[data-edited]");
    if (!isEdited && !players.some((player) => player.isActive)) return location.reload();
    const show = element("button", "", "Show it");
    show.onclick = () => location.reload();
    bar.replaceChildren("The book has changed. ", show);
  };

  const tellProgress = () => dispatchEvent(new Event("progress"));

  let seen = "";
  /** @type {EventSource | undefined} */
  let changes;
  // A browser opens six connections to a host: a hidden tab keeps none, and
  // hears what it missed when it is seen again.
  const listen = () => {
    changes?.close();
    if (document.hidden) return;
    changes = new EventSource("/changes");
    changes.addEventListener("hello", ({ lastEventId }) => {
      bar.replaceChildren();
      if (seen) tellProgress();
      if (seen && lastEventId !== seen) reload();
      seen = lastEventId;
    });
    changes.addEventListener("reload", reload);
    changes.addEventListener("progress", tellProgress);
    changes.addEventListener("mended", () => bar.replaceChildren());
    changes.addEventListener("broken", ({ data }) => {
      const text = element("pre", "", data);
      text.tabIndex = 0;
      bar.replaceChildren("The book is broken; this is the last good one.", text);
    });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}

// ---- The page

takeToken();
addEventListener("hashchange", () => takeToken() && location.reload());
const figures = /** @type {NodeListOf<Figure>} */ (document.querySelectorAll("figure.listing:has(.events)"));
const players = Array.from(figures, (figure) => new Player(figure));
// What scrolls must be reachable by keyboard.
const observer = new ResizeObserver((changed) =>
  changed.forEach(({ target: box }) => {
    const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
    box.setAttribute("tabindex", scrolls ? "0" : "-1");
  }),
);
document.querySelectorAll("pre > code, .terminal").forEach((box) => observer.observe(box));
addEventListener("pagehide", () => players.forEach((player) => player.end("ended with the page")));
if (token() !== null || document.querySelector("[data-live]")) watchChanges(players);
})();
