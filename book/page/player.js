// The player shows in a listing's figure what a run of it says, event by
// event. A live run and a recording go the same way.
(() => {
"use strict";

/** A longer pause of a recording is shortened to this, in seconds. */
const LONGEST_PAUSE = 1;

/** Events keep the page busy no longer than this at a time, in ms. */
const LONGEST_TURN = 50;

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
      throw new server.Refusal(message);
    });
    const { agrees } = figure;
    yield* server.events(await server.post("/runs", { chapter, listing, ...wanted }, { signal, agrees }));
  };

/** One figure: what it plays, and from where. */
class Player {
  #abort = new AbortController();
  /** The run's id in the server's addresses. */
  #id = "";
  #isStopping = false;
  /** Done when the server has taken all that was sent to stdin. */
  #sent = Promise.resolve();

  /** @param {Figure} figure */
  constructor(figure) {
    this.figure = figure;
    this.terminal = new Terminal(figure);
    this.controls = new Controls(figure, {
      run: () => this.#run(),
      replay: () => this.#replay(),
      feed: (text) => this.#send({ text }, text),
      endInput: () => this.#send({ end: true }, ""),
    });
    this.outcome = new Outcome(this.controls.after, this.#abort.signal);
    figure.addEventListener("recorded", () => {
      if (this.isActive) return;
      this.#abort.abort();
      this.#showRecorded();
    });
  }

  get isActive() {
    return this.controls.isActive;
  }

  #run() {
    if (!this.isActive) return this.#play("waiting", live(this.figure));
    if (!this.#id || this.#isStopping) return this.end("stopped");
    this.#isStopping = true;
    this.controls.say("stopping");
    server.post(`/runs/${this.#id}/stop`, {}).catch(() => this.outcome.isTold || this.end("stopped"));
  }

  #replay() {
    if (this.controls.state === "replaying") {
      this.#abort.abort();
      return this.#showRecorded();
    }
    const events = JSON.parse(markup.part(this.figure, ".events").textContent);
    this.#play("replaying", recorded(events));
  }

  /**
   * Sends to the run's stdin, in order: of two requests at once the second may come first.
   * @param {object} body @param {string} echo
   */
  #send(body, echo) {
    this.terminal.write("stdin", echo);
    const { signal } = this.#abort;
    const path = `/runs/${this.#id}/stdin`;
    this.#sent = this.#sent.then(async () => {
      try {
        await server.post(path, body, { signal });
      } catch (error) {
        // The run may just have ended, as its own events will say.
        if (this.isActive && !signal.aborted) this.outcome.words.push(/** @type {Error} */ (error).message);
      }
    });
  }

  /** Ends a run at once, by going away. @param {string} why */
  end(why) {
    if (!this.isActive) return;
    this.#abort.abort();
    this.#finish("ended", [why]);
  }

  /** @param {State} state @param {Source} source */
  async #play(state, source) {
    this.#abort.abort();
    const { signal } = (this.#abort = new AbortController());
    this.#begin(signal);
    this.controls.enter(state);
    const { outcome } = this;
    try {
      let rested = performance.now();
      for await (const events of source(signal)) {
        if (signal.aborted) return;
        for (const event of events) this.#take(event);
        if (document.hidden || performance.now() - rested < LONGEST_TURN) continue;
        await new Promise((resolve) => setTimeout(resolve));
        rested = performance.now();
      }
      if (!outcome.isTold) throw new server.Refusal("the book's server went away");
    } catch (error) {
      if (signal.aborted) return;
      const why = error instanceof server.Refusal ? error.message : `its events broke off: ${error}`;
      return this.#finish("failed", [...outcome.words, why]);
    }
    if (this.controls.state === "replaying") this.#showRecorded();
    else this.#finish(outcome.hasFailed ? "failed" : "ended", outcome.words);
  }

  /** @param {AbortSignal} signal */
  #begin(signal) {
    this.#id = "";
    this.#isStopping = false;
    this.terminal.begin();
    this.outcome.clear();
    this.outcome = new Outcome(this.controls.after, signal);
    this.controls.setClock(0);
  }

  /** @param {RunEvent} event */
  #take(event) {
    const { controls, outcome, terminal } = this;
    const { kind, what } = event;
    const building = what ? `${what} is being built` : kind;
    controls.setClock(event.t);
    if (terminal.take(event)) return;
    if (kind === "waiting") {
      controls.say(`waiting, ${event.ahead} ahead` + (what ? `: ${building}` : ""));
    } else if (kind === "started") {
      this.#id = event.id ?? "";
      if (controls.state === "waiting") controls.enter("running");
    } else if (kind === "artifacts") {
      for (const file of event.files ?? []) outcome.offer(file, this.#id);
    } else if (!outcome.take(event)) {
      if (kind === "building") controls.say(building);
      // Another script may know it.
      this.figure.dispatchEvent(new CustomEvent(kind, { detail: event }));
    }
  }

  /** @param {State} state @param {string[]} words */
  #finish(state, words) {
    this.terminal.finish(state === "ended");
    this.controls.enter(state);
    this.controls.sayEnd(words);
  }

  #showRecorded() {
    this.terminal.clear();
    this.outcome.clear();
    this.controls.enter("ready");
    this.controls.hear(this.outcome.words.join(", ") || "replay stopped");
  }
}

// ---- The page

const figures = /** @type {NodeListOf<Figure>} */ (document.querySelectorAll("figure.listing:has(.events)"));
const players = Array.from(figures, (figure) => new Player(figure));
addEventListener("pagehide", () => players.forEach((player) => player.end("ended with the page")));
if (server.isKnown || document.querySelector("[data-live]")) changes.watch(players);

// What scrolls must be reachable by keyboard, and show that it does.
/** @param {Element} box */
const showMore = (box) => box.classList.toggle("more", box.scrollWidth - box.clientWidth - box.scrollLeft > 2);
const observer = new ResizeObserver((changed) =>
  changed.forEach(({ target: box }) => {
    const scrolls = box.scrollWidth > box.clientWidth || box.scrollHeight > box.clientHeight;
    box.setAttribute("tabindex", scrolls ? "0" : "-1");
    showMore(box);
  }),
);
document.querySelectorAll("pre > code, .terminal, figure.diagram").forEach((box) => {
  observer.observe(box);
  box.addEventListener("scroll", () => showMore(box));
});
})();
