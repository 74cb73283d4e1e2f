// The editor of a listing: the browser's own text field over the same text in
// the page's colours, so that search, input methods and screen readers are
// the browser's. `edit.js` loads it.

import { agrees } from "./consent.js";
import { difference } from "./difference.js";
import { remember } from "./undo.js";

const INDENT = "    ";

/** What opens a listing's editor, or closes it. @param {typeof Editor} Kind */
export function toggling(Kind) {
  /** Those that were opened, and may be closed now. @type {WeakMap<Figure, Editor>} */
  const editors = new WeakMap();
  return async (/** @type {Figure} */ figure, /** @type {HTMLElement} */ button) => {
    let editor = editors.get(figure);
    if (!editor) {
      await Kind.mayOpen(figure);
      editors.set(figure, (editor = new Kind(figure, button)));
    }
    if (editor.isOpen) editor.close();
    else await editor.open();
  };
}

const style = document.createElement("link");
style.rel = "stylesheet";
style.href = new URL("editor.css", import.meta.url).href;
const isStyled = new Promise((resolve) => (style.onload = style.onerror = resolve));
document.head.append(style);

/** What the browser keeps of an edit. */
class Kept {
  /** @param {string} listing */
  constructor(listing) {
    this.key = `edit ${listing}`;
  }

  /** The edit, and the book's listing that it was made of. @returns {{ source: string, own: string } | null} */
  read() {
    try {
      return JSON.parse(localStorage.getItem(this.key) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {string} source @param {string} own */
  write(source, own) {
    try {
      if (source === own) localStorage.removeItem(this.key);
      else localStorage.setItem(this.key, JSON.stringify({ source, own }));
    } catch {
      // The storage is full, or there is none: the edit lasts as long as the page.
    }
  }
}

export class Editor {
  /** Asks the server, which refuses where it cannot compile. @param {Figure} figure */
  static async mayOpen(figure) {
    await server.ask(`/edits/${figure.dataset.listing}`);
  }

  isOpen = false;
  #leaves = false;
  /** A run of the edit was asked for. */
  #isAsked = false;
  #lines = 0;

  /** @param {Figure} figure @param {HTMLElement} button */
  constructor(figure, button) {
    this.figure = figure;
    this.button = button;
    const code = /** @type {HTMLElement} */ (figure.querySelector(":scope > pre > code"));
    // A file ends with a line's end, which the page leaves out.
    this.own = `${code.textContent?.trimEnd()}\n`;
    this.language = code.classList.contains("language-python") ? "python" : "rust";
    this.title = figure.querySelector(".number")?.textContent ?? "";
    this.kept = new Kept(figure.dataset.listing ?? "");
    /** The book's listing that the edit was made of. */
    this.base = this.kept.read()?.own ?? this.own;
    this.whole = this.#build();
    this.text = /** @type {HTMLTextAreaElement} */ (this.part("textarea"));
    this.text.value = this.kept.read()?.source ?? this.own;
    this.undo = remember(this.text, () => this.changed());
    this.#listen();
  }

  /** What the player's button says while the editor is open, and when it is closed. */
  get verbs() {
    return ["Run edited", "Run"];
  }

  /** What the badge says of a changed text, and of an unchanged one. */
  get badges() {
    return ["Edited", "As in the book"];
  }

  get keys() {
    return "Ctrl-Enter runs your edit. It is kept in this browser, for this address.";
  }

  /** What POST /runs gets besides the listing's name. @returns {Promise<object>} */
  async wanted() {
    return { source: this.text.value };
  }

  /** @param {string} words */
  say(words) {
    this.part("[role=status]").textContent = words;
  }

  #build() {
    const whole = document.createElement("div");
    whole.className = "editor";
    const { title } = this;
    const id = `${this.figure.id}-keys`;
    whole.innerHTML = `<div class="bar" role="group" aria-label="Your edit of ${title}">
<strong class="badge"></strong>
<button class="compare" aria-expanded="false">Difference</button><button class="reset">Reset</button><button class="close">Close</button>
<span class="heard" role="status"></span></div>
<p class="stale" hidden>The book's listing has changed since you edited it: Reset takes the new one.</p>
<pre class="difference" tabindex="0" aria-label="Difference from the book's ${title}" hidden></pre>
<div class="paper"><div class="sheet"><pre aria-hidden="true"><code class="hljs"></code></pre><div class="marks" aria-hidden="true"></div>
<textarea spellcheck="false" autocapitalize="off" autocomplete="off" wrap="off" aria-label="Code of ${title}" aria-describedby="${id}"></textarea></div></div>
<ol class="messages" aria-label="What the compiler says of ${title}"></ol>
<p class="keys" id="${id}">Tab indents; Escape, then Tab, leaves the editor. ${this.keys}</p>`;
    return whole;
  }

  /** @param {string} selector @returns {any} */
  part(selector) {
    return this.whole.querySelector(selector);
  }

  #listen() {
    const { text } = this;
    text.oninput = () => this.changed();
    text.onkeydown = (event) => this.#press(event);
    this.part(".compare").onclick = () => this.#compare(this.part(".difference").hidden);
    this.part(".reset").onclick = () => this.reset();
    this.part(".close").onclick = () => this.close();
    this.figure.addEventListener("begun", () => this.figure.dataset.state === "replaying" || this.#forget());
    this.figure.addEventListener("diagnostic", (event) => this.#mark(/** @type {CustomEvent} */ (event).detail));
  }

  async open() {
    const { figure, button } = this;
    this.isOpen = true;
    await isStyled;
    figure.querySelector(":scope > pre")?.before(this.whole);
    figure.classList.add("is-edited");
    figure.wanted = () => {
      this.#isAsked = true;
      return this.wanted();
    };
    figure.agrees = (said) => agrees(figure, said);
    this.#enter("true", this.verbs[0]);
    this.changed();
    this.text.focus({ preventScroll: true });
    this.text.setSelectionRange(0, 0);
  }

  close() {
    this.isOpen = false;
    this.#showRecorded();
    delete this.figure.wanted;
    this.figure.classList.remove("is-edited");
    this.whole.remove();
    this.#enter("false", this.verbs[1]);
    this.button.focus({ preventScroll: true });
  }

  /** What came of an edit does not stand under the book's own listing. */
  #showRecorded() {
    const { figure } = this;
    const { verb, state } = figure.dataset;
    const isRefused = this.#isAsked && verb === "Run edited" && state === "failed";
    this.#isAsked = false;
    if (isRefused || figure.querySelector('.played[data-verb="Run edited"]')) figure.dispatchEvent(new Event("recorded"));
  }

  /** @param {string} expanded @param {string} verb */
  #enter(expanded, verb) {
    this.button.ariaExpanded = expanded;
    this.figure.dataset.verb = verb;
    this.figure.dispatchEvent(new Event("verb"));
  }

  /** Draws the text anew, and keeps it. */
  changed() {
    const { value } = this.text;
    const isEdited = value !== this.own;
    const colours = this.part(".sheet code");
    const { hljs } = /** @type {any} */ (globalThis);
    // A last line that is empty has its height too.
    if (hljs) colours.innerHTML = hljs.highlight(this.language, `${value}\n`, true).value;
    else colours.textContent = `${value}\n`;
    this.#moveMarks();
    this.kept.write(value, isEdited ? this.base : value);
    this.figure.toggleAttribute("data-edited", isEdited);
    this.part(".badge").textContent = this.badges[isEdited ? 0 : 1];
    const stale = this.part(".stale");
    if (stale) stale.hidden = !isEdited || this.base === this.own;
    this.#compare(!this.part(".difference").hidden);
  }

  /** @param {KeyboardEvent} event */
  #press(event) {
    const { key, ctrlKey, metaKey, shiftKey } = event;
    const leaves = this.#leaves;
    if (key !== "Shift") this.#leaves = key === "Escape";
    if (event.isComposing || event.altKey) return;
    if (key === "Enter" && (ctrlKey || metaKey)) {
      event.preventDefault();
      const { state } = this.figure.dataset;
      // While a run is under way, the button is Stop.
      if (state !== "waiting" && state !== "running") /** @type {HTMLElement} */ (this.figure.querySelector(".play")).click();
    } else if (key === "Tab" && !ctrlKey && !metaKey && !leaves) {
      event.preventDefault();
      this.#indent(shiftKey);
    } else if (key === "Enter" && !shiftKey) {
      event.preventDefault();
      const { value, selectionStart } = this.text;
      const line = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1, selectionStart);
      const deeper = /[{([:]$/.test(line.trimEnd()) ? INDENT : "";
      this.#type("\n" + /^[ \t]*/.exec(line) + deeper);
    }
  }

  /** Types in place of what is selected, so that it can be undone. @param {string} text */
  #type(text) {
    const command = text ? "insertText" : "delete";
    this.undo.mark();
    if (document.execCommand(command, false, text)) return;
    const { selectionStart, selectionEnd } = this.text;
    this.text.setRangeText(text, selectionStart, selectionEnd, "end");
    this.changed();
  }

  /** Moves the selected lines. @param {boolean} back */
  #indent(back) {
    const { text } = this;
    const { value, selectionStart: start, selectionEnd: end } = text;
    const begin = value.lastIndexOf("\n", start - 1) + 1;
    const lines = value.slice(begin, end);
    if (!back && !lines.slice(start - begin).includes("\n")) return this.#type(INDENT);
    const stop = value.indexOf("\n", Math.max(end - 1, start));
    const old = value.slice(begin, stop < 0 ? undefined : stop);
    const moved = back ? old.replace(/^ {1,4}/gm, "") : old.replace(/^(?=.)/gm, INDENT);
    if (moved === old) return;
    const first = /^ */.exec(old)?.[0].length ?? 0;
    text.setSelectionRange(begin, begin + old.length);
    this.#type(moved);
    const isMany = moved.includes("\n");
    const place = Math.max(begin, start - Math.min(first, INDENT.length));
    text.setSelectionRange(isMany ? begin : place, isMany ? begin + moved.length : place);
  }

  reset() {
    const { text, own } = this;
    if (text.value !== own && !confirm(`Take the book's ${this.title} again? Your edit is lost.`)) return;
    this.base = own;
    this.replace(own);
    this.#showRecorded();
    this.say("As in the book again.");
  }

  /** Another text in place of all, which can be undone. @param {string} source */
  replace(source) {
    const { text } = this;
    text.focus({ preventScroll: true });
    if (text.value !== source) {
      text.select();
      this.#type(source);
      text.setSelectionRange(0, 0);
    }
    this.#forget();
    this.changed();
  }

  /** The text that the difference is from. */
  get given() {
    return this.own;
  }

  /** @param {boolean} isShown */
  #compare(isShown) {
    const box = this.part(".difference");
    box.hidden = !isShown;
    this.part(".compare").ariaExpanded = `${isShown}`;
    if (!isShown) return;
    const rows = difference(this.given, this.text.value).map(([sign, line]) => {
      const row = document.createElement(sign === "+" ? "ins" : sign === "−" ? "del" : "span");
      row.textContent = `${sign} ${line}`;
      return row;
    });
    box.replaceChildren(...(this.text.value === this.given ? ["It is the book's."] : rows));
  }

  /** Takes away what the compiler said of the last run. */
  #forget() {
    this.part(".messages").replaceChildren();
    this.part(".marks").replaceChildren();
    this.#lines = this.text.value.split("\n").length;
  }

  /** Shows what the compiler says. @param {Diagnostic} said */
  #mark({ level, message, rendered, line, column = 1 }) {
    const item = document.createElement("li");
    const words = document.createElement("pre");
    words.textContent = rendered.trimEnd();
    words.tabIndex = 0;
    item.append(words);
    // Errors come first, then in the order of their lines; those without a line are last.
    const place = (line ?? 1e6) + (level === "error" ? 0 : 1e7);
    item.dataset.place = `${place}`;
    const messages = this.part(".messages");
    const later = [...messages.children].find((other) => Number(other.dataset.place) > place);
    messages.insertBefore(item, later ?? null);
    if (!line) return;
    const mark = document.createElement("span");
    mark.className = `mark is-${level}`;
    mark.textContent = level === "error" ? "×" : "!";
    mark.style.setProperty("--line", `${line}`);
    this.part(".marks").append(mark);
    const button = document.createElement("button");
    button.textContent = `Line ${line}`;
    button.ariaLabel = `Line ${line}, ${level}: ${message}`;
    button.onclick = () => this.#goTo(Number(mark.style.getPropertyValue("--line")), column);
    words.before(button);
  }

  /** Marks below what was typed move with their lines. */
  #moveMarks() {
    const { value, selectionStart } = this.text;
    const added = value.split("\n").length - this.#lines;
    this.#lines += added;
    const at = value.slice(0, selectionStart).split("\n").length;
    for (const { style } of this.part(".marks").children) {
      const line = Number(style.getPropertyValue("--line"));
      if (line > at - Math.max(added, 0)) style.setProperty("--line", `${Math.max(line + added, at)}`);
    }
  }

  /** Both count from 1, and the column in characters. @param {number} line @param {number} column */
  #goTo(line, column) {
    const lines = this.text.value.split("\n");
    const before = lines.slice(0, line - 1).reduce((sum, { length }) => sum + length + 1, 0);
    const place = before + [...(lines[line - 1] ?? "")].slice(0, column - 1).join("").length;
    this.text.focus();
    this.text.setSelectionRange(place, place);
  }
}

export const toggle = toggling(Editor);
