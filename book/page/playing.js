// The player shows in a listing's figure what a run of it says, event by
// event. A live run and a recording go the same way.
const Playing = (() => {
"use strict";

/** A longer pause of a recording is shortened to this, in seconds. */
const LONGEST_PAUSE = 1;

/** Events keep the page busy no longer than this at a time, in ms. */
const LONGEST_TURN = 50;

/** @param {RunEvent[]} events @returns {Source} */
const recorded = (events) =>
  async function* (signal) {
    yield [];
    let before = 0;
    for (const event of events) {
      const pause = Math.min(event.t - before, LONGEST_PAUSE);
      await new Promise((resolve) => setTimeout(resolve, pause * 1000));
      signal.throwIfAborted();
      before = event.t;
      yield [event];
    }
  };

/** The events of a run, as they arrive. @param {Response} response */
async function* arriving(response) {
  const text = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ; ) {
    const { done = true, value } = (await text?.read()) ?? {};
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    yield lines.map((line) => /** @type {RunEvent} */ (JSON.parse(line)));
  }
}

/** @param {Figure} figure @param {Figure["wanted"]} asked @returns {Source} */
const live = (figure, asked) =>
  async function* (signal) {
    const [chapter, listing] = (figure.dataset.listing ?? "").split("/");
    const wanted = await asked?.().catch(({ message }) => {
      throw new server.Refusal(message);
    });
    const { agrees } = figure;
    const response = await server.post("/runs", { chapter, listing, ...wanted }, { signal, agrees });
    yield [];
    yield* arriving(response);
  };

/** Shows how long it has played. */
class Clock {
  #interval = 0;
  /** The last event: by the run's time in s, and by ours in ms. */
  #last = { t: 0, at: 0 };

  /** @param {Figure} figure */
  constructor(figure) {
    this.timeLimit = figure.dataset.timeLimit;
    this.box = markup.part(figure, ".elapsed");
  }

  /** An event came, or a run begins. @param {number} t  seconds since its start */
  set(t) {
    this.#last = { t, at: performance.now() };
  }

  /** @param {State} state */
  enter(state) {
    clearInterval(this.#interval);
    this.box.textContent = "";
    if (state !== "running" && state !== "replaying") return;
    const isCalm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const limit = state === "running" && this.timeLimit ? ` of at most ${this.timeLimit} s` : "";
    const show = () => {
      const seconds = this.#last.t + (performance.now() - this.#last.at) / 1000;
      this.box.textContent = seconds.toFixed(isCalm ? 0 : 1) + ` s${limit}`;
    };
    show();
    this.#interval = setInterval(show, isCalm ? 1000 : 100);
  }
}

/** What a figure plays, and from where. */
class Playing {
  #abort = new AbortController();
  /** The run's id in the server's addresses. */
  #id = "";
  #isStopping = false;
  /** What plays has taken the place of what was shown before. */
  #hasBegun = false;
  /** Done when the server has taken all that was sent to stdin. */
  #sent = Promise.resolve();

  /** @param {Figure} figure @param {InstanceType<typeof Controls>} controls */
  constructor(figure, controls) {
    this.figure = figure;
    this.controls = controls;
    this.clock = controls.clock = new Clock(figure);
    this.terminal = new Terminal(figure);
    this.outcome = new Outcome(controls.after, this.#abort.signal);
    figure.addEventListener("recorded", () => this.isActive || this.#showRecorded());
  }

  get isActive() {
    return this.controls.isActive;
  }

  /** @param {Figure["wanted"]} wanted  what the figure asked for at the press */
  run(wanted) {
    // A refused run leaves no half replay.
    if (this.controls.state === "replaying") this.#showRecorded("replay stopped");
    if (!this.isActive) return this.#play("waiting", live(this.figure, wanted));
    if (!this.#id || this.#isStopping) return this.end("stopped");
    this.#isStopping = true;
    this.controls.say("stopping");
    server.post(`/runs/${this.#id}/stop`, {}).catch(() => this.outcome.isTold || this.end("stopped"));
  }

  replay() {
    if (this.controls.state === "replaying") return this.#showRecorded("replay stopped");
    const events = JSON.parse(markup.part(this.figure, ".events").textContent);
    this.#play("replaying", recorded(events));
  }

  /**
   * Sends to the run's stdin, in order: of two requests at once the second may come first.
   * @param {object} body @param {string} [echo]
   */
  send(body, echo = "") {
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
    const outcome = (this.outcome = new Outcome(this.controls.after, signal));
    this.#id = "";
    this.#isStopping = this.#hasBegun = false;
    this.clock.set(0);
    this.controls.enter(state);
    try {
      let rested = performance.now();
      for await (const events of source(signal)) {
        if (signal.aborted) return;
        this.#begin();
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

  /** What is refused never begins: the page stays as it was. */
  #begin() {
    if (this.#hasBegun) return;
    this.#hasBegun = true;
    this.terminal.begin();
    this.outcome.clear();
    this.figure.dispatchEvent(new CustomEvent("begun"));
  }

  /** @param {RunEvent} event */
  #take(event) {
    const { controls, outcome, terminal } = this;
    const { kind, what } = event;
    const building = what ? `${what} is being built` : kind;
    this.clock.set(event.t);
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
    if (this.#hasBegun) this.terminal.finish(state === "ended");
    this.controls.enter(state);
    this.controls.sayEnd(words);
  }

  #showRecorded(words = this.outcome.words.join(", ")) {
    this.#abort.abort();
    this.terminal.clear();
    this.outcome.clear();
    this.controls.enter("ready");
    if (words) this.controls.hear(words);
  }
}

return Playing;
})();
