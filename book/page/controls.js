// The controls of a listing, and the line below its output: what state it is in.
const Controls = (() => {
"use strict";

const { element, link, part, withCode } = markup;

const HOW_TO_START = "to run it from here, start the book with `cargo run`: ";

/** Who means Stop must not run it again: so long Run rests, in ms. */
const REST = 600;

class Controls {
  static HOW_IT_RUNS = `${path_to_root}introduction.html#how-the-book-runs`;

  state = /** @type {State} */ ("ready");
  /** What shows the seconds, once something was played. @type {{ enter(state: State): void } | undefined} */
  clock;

  /** @param {Figure} figure @param {Acts} acts */
  constructor(figure, acts) {
    this.figure = figure;
    this.title = this.#part("number").textContent ?? "";
    const terminal = this.#part("terminal");
    terminal.insertAdjacentHTML("beforebegin", `
<div class="controls" role="group" aria-label="Controls of ${this.title}">
<button class="play"></button><button class="replay"></button><button class="copy"></button>
<span class="heard said" role="status"></span></div>`);
    terminal.insertAdjacentHTML("afterend", `
<form class="feed"><fieldset class="open">
<label>stdin<span class="heard"> of ${this.title}</span>
<input class="line-fed" autocomplete="off" autocapitalize="off" spellcheck="false"></label>
<button>Send line</button><button type="button" class="end-input">End of input</button>
</fieldset></form>
<div class="foot"><span class="state"></span><span class="elapsed"></span><span class="hint"></span></div>
<div class="after"></div>`);
    this.run = this.#button("play", acts.run);
    this.replay = this.#button("replay", acts.replay);
    this.copy = this.#button("copy", () => this.#copy());
    this.heard = this.#part("said");
    this.line = this.#part("state");
    this.after = this.#part("after");
    this.stdin = this.#part("open");
    this.#feed(acts);
    this.#offerRun();
    this.#part("foot").append(this.#part("recorded"));
    this.#part("output").classList.add("has-player");
    this.#label(this.copy, "", "Copy command");
    figure.addEventListener("verb", () => this.#nameRun());
    this.enter("ready");
  }

  /** @param {string} name @returns {any} */
  #part(name) {
    return part(this.figure, `.${name}`);
  }

  /** @param {string} name @param {() => void} act */
  #button(name, act) {
    /** @type {HTMLButtonElement} */
    const button = this.#part(name);
    // The second click of two would stop what the first began. The editor's Ctrl-Enter,
    // which is no press, never means Stop.
    button.onclick = ({ detail, isTrusted }) => detail < 2 && !(isTrusted && button.ariaDisabled) && act();
    return button;
  }

  /** @param {Element} button @param {string} icon @param {string} word */
  #label(button, icon, word) {
    const drawn = element("span", "icon", icon);
    drawn.ariaHidden = "true";
    button.replaceChildren(drawn, word, element("span", "heard", ` ${this.title}`));
  }

  /** The field for stdin. @param {Acts} acts */
  #feed({ feed, endInput }) {
    const line = this.#part("line-fed");
    this.#part("feed").onsubmit = (/** @type {Event} */ event) => {
      event.preventDefault();
      const text = `${line.value}\n`;
      line.value = "";
      line.focus();
      feed(text);
    };
    this.#button("end-input", () => {
      this.stdin.disabled = true;
      this.run.focus();
      endInput();
    });
  }

  /** Takes away what cannot be done here, and says how it can. */
  #offerRun() {
    const { dataset } = this.figure;
    const isServed = "live" in dataset;
    const isLive = isServed && server.isKnown;
    if (!isLive || !("stdin" in dataset)) this.#part("feed").remove();
    if (isLive) return;
    this.run.remove();
    const hint = this.#part("hint");
    if (isServed) return hint.append(`to run it, ${server.HOW_TO_OPEN}`);
    hint.append(...withCode(HOW_TO_START), link("how", Controls.HOW_IT_RUNS));
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

  /** A run is asked for, or under way. */
  get isActive() {
    return this.state === "waiting" || this.state === "running";
  }

  /** @param {State} state */
  enter(state) {
    const wasActive = this.isActive;
    this.state = state;
    this.figure.dataset.state = state;
    const { isActive } = this;
    const isReplay = state === "replaying";
    this.#nameRun();
    if (wasActive && !isActive) this.#rest();
    this.#label(this.replay, isReplay ? "■" : "↻", isReplay ? "Stop replay" : "Replay");
    this.replay.disabled = isActive;
    this.stdin.disabled = state !== "running";
    this.say(isActive || isReplay ? state : "");
    this.clock?.enter(state);
  }

  /** Until no finger can be on its way to Stop, or is still on it. */
  #rest() {
    const { run } = this;
    run.ariaDisabled = "true";
    setTimeout(() => (run.matches(":active") ? this.#rest() : (run.ariaDisabled = null)), REST);
  }

  #nameRun() {
    const { isActive } = this;
    this.#label(this.run, isActive ? "■" : "▶", isActive ? "Stop" : this.figure.dataset.verb ?? "Run");
  }

  /** @param {string} words */
  say(words) {
    this.line.textContent = words;
    this.heard.textContent = words && `${this.title}: ${words}`;
  }

  /** Says how a run ended. @param {string[]} words */
  sayEnd(words) {
    this.line.replaceChildren(...withCode(words.join(" · ")));
    this.hear(words.join(", "));
  }

  /** Says it to those who do not see the page. @param {string} words */
  hear(words) {
    this.heard.textContent = `${this.title}: ${words}`;
  }
}

return Controls;
})();
