// The box of a listing's output: what a run says there, in bounded memory, in
// place of what was recorded.
const Terminal = (() => {
"use strict";

const { element, part, size } = markup;

/** @type {Stream[]} */
const STREAMS = ["stdin", "stdout", "stderr"];

/** Kept of an output's beginning, and of its end, in characters. */
const KEPT = 64 * 1024;

/** Small pieces are put together up to this, in characters. */
const PIECE = 4096;

/** The end of a long output is drawn anew no more often than this, in ms. */
const BETWEEN_DRAWINGS = 200;

/** @param {string} c */
const escaped = (c) => "\\x" + c.charCodeAt(0).toString(16).padStart(2, "0");

/** Turns the bytes of one stream, whose pieces may be cut anywhere, into text. */
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

/** The text of one run: its beginning and its end. */
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
      // The beginning ends with a line, if it holds one.
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

  /** The rest is the end. @param {number} bytes */
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

  /** Says whether all that was written is drawn. @param {boolean} all  draws even if it just did */
  draw(all) {
    for (const piece of this.#fresh.splice(0)) this.#append(piece);
    const now = performance.now();
    if (!this.#isStale || (!all && now - this.#drawn < BETWEEN_DRAWINGS)) return !this.#isStale;
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

class Terminal {
  /** @type {Screen | undefined} */
  #screen;
  /** @type {Partial<Record<Stream, Decoder>>} */
  #decoders = {};
  #frame = 0;

  /** @param {Figure} figure */
  constructor(figure) {
    this.figure = figure;
    /** @type {HTMLElement} */
    this.output = part(figure, ".output");
    /** @type {HTMLElement} */
    this.box = part(figure, ".terminal");
    this.classes = this.box.className;
  }

  /** Makes room for a run, in place of what was recorded. */
  begin() {
    const { height } = this.box.getBoundingClientRect();
    this.clear();
    this.#decoders = {};
    const box = element("div", "screen played", part(this.figure, ".command").cloneNode(true));
    Object.assign(box.dataset, { verb: this.figure.dataset.verb ?? "" });
    this.#screen = new Screen(box);
    this.box.append(box);
    // The box does not shrink while it fills anew.
    this.box.style.minHeight = `${height}px`;
    this.box.classList.add("long");
    this.output.classList.add("is-played");
    this.#drawSoon();
  }

  /** Says whether the event is of the output. @param {RunEvent} event */
  take(event) {
    if (event.kind === "left_out") {
      this.#screen?.leaveOut(event.bytes ?? 0);
      return true;
    }
    const stream = STREAMS.find((stream) => stream === event.kind);
    if (!stream) return false;
    this.#decoders[stream] ??= new Decoder();
    this.write(stream, this.#decoders[stream].read(event));
    return true;
  }

  /** @param {Stream} stream @param {string} text */
  write(stream, text) {
    if (!text) return;
    if (stream !== "stdout") this.box.classList.add("marked");
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
    const { box } = this;
    const below = box.scrollHeight - box.clientHeight - box.scrollTop;
    const isDrawn = this.#screen?.draw(all) ?? true;
    if (below < 8) box.scrollTop = box.scrollHeight;
    this.#tell();
    return isDrawn;
  }

  /** Nothing more will come. @param {boolean} isComplete  the run came to its end */
  finish(isComplete) {
    for (const stream of STREAMS) this.write(stream, this.#decoders[stream]?.read({}) ?? "");
    this.#draw(true);
    const box = this.#screen?.box;
    if (isComplete && box?.childElementCount === 1) box.append(element("p", "silent", "no output"));
  }

  /** Shows what was recorded. */
  clear() {
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#screen?.box.remove();
    this.box.className = this.classes;
    this.box.style.minHeight = "";
    this.output.classList.remove("is-played");
    this.#tell();
  }

  /** What stands in the box can outgrow it, and its own size stays. */
  #tell() {
    this.box.dispatchEvent(new Event("scroll"));
  }
}

return Terminal;
})();
