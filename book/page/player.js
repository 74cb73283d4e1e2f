// The listings of the page: their controls, and at the first press of Run or Replay
// what plays.
(() => {
"use strict";

class Player {
  /** @type {InstanceType<typeof Playing> | undefined} */
  #playing;
  #isLoading = false;

  /** @param {Figure} figure */
  constructor(figure) {
    this.figure = figure;
    this.controls = new Controls(figure, {
      run: () => {
        const { wanted } = figure;
        this.#press((playing) => playing.run(wanted));
      },
      replay: () => this.#press((playing) => playing.replay()),
      feed: (text) => this.#playing?.send({ text }, text),
      endInput: () => this.#playing?.send({ end: true }),
    });
  }

  get isActive() {
    return this.controls.isActive;
  }

  /** @param {(playing: InstanceType<typeof Playing>) => void} act */
  async #press(act) {
    if (this.#playing) return act(this.#playing);
    if (this.#isLoading) return;
    this.#isLoading = true;
    try {
      await markup.load("outcome.js", "terminal.js", "playing.js");
    } catch {
      this.controls.enter("failed");
      return this.controls.sayEnd(["what plays it could not be loaded. Is the server gone? Press again."]);
    } finally {
      this.#isLoading = false;
    }
    act((this.#playing = new Playing(this.figure, this.controls)));
  }

  /** @param {string} why */
  end(why) {
    this.#playing?.end(why);
  }
}

const figures = /** @type {NodeListOf<Figure>} */ (document.querySelectorAll("figure.listing:has(.events)"));
const players = Array.from(figures, (figure) => new Player(figure));
addEventListener("pagehide", () => players.forEach((player) => player.end("ended with the page")));
// Stock mdBook loads `changes` too, and has no server.
if ("served" in document.documentElement.dataset) changes.watch(players);

// What scrolls must be reachable by keyboard, and show that it does.
/** @param {Element} box */
const showMore = (box) => {
  const isWide = box.scrollWidth > box.clientWidth;
  box.setAttribute("tabindex", isWide || box.scrollHeight > box.clientHeight ? "0" : "-1");
  box.classList.toggle("more", box.scrollWidth - box.clientWidth - box.scrollLeft > 2);
};
const observer = new ResizeObserver((changed) => changed.forEach(({ target }) => showMore(target)));
document.querySelectorAll("pre > code, .terminal, figure.diagram").forEach((box) => {
  observer.observe(box);
  box.addEventListener("scroll", () => showMore(box));
});
})();
