// An exercise: its hints are counted, its check says whether it is passed, and
// then its solution lies open to be looked at.
(() => {
"use strict";

const { element, link, part, parts } = markup;

class Exercise {
  /** @param {HTMLElement} section */
  constructor(section) {
    this.section = section;
    this.name = section.dataset.exercise ?? "";
    /** @type {Figure} */
    this.figure = part(section, "figure");
    this.solution = part(section, ".solution");
    /** @type {HTMLDetailsElement[]} */
    this.hints = parts(section, "details.hint");
    this.passed = element("span", "passed");
    part(section, ".title").append(this.passed);
    this.#countHints();
    this.#takeRuns();
    // Where nothing runs there is no Edit button, and in an archive no file.
    if (part(this.figure, ".edit") && !this.figure.dataset.needs) this.#watchFile();
    this.draw();
  }

  get passedKey() {
    return `exercise ${this.name}`;
  }

  draw() {
    const { passed, section, solution, hints } = this;
    const isPassed = progress.get(this.passedKey) !== null;
    passed.textContent = isPassed ? " ✓ passed" : "";
    // Who has passed need not open the hints to compare.
    const place = isPassed ? section : hints[hints.length - 1];
    if (solution.parentElement !== place) place.append(solution);
  }

  #countHints() {
    const key = `hints ${this.name}`;
    this.hints.forEach((hint, at) => {
      hint.ontoggle = () => {
        if (hint.open && at >= Number(progress.get(key))) progress.set(key, `${at + 1}`);
      };
    });
  }

  /** The player runs the check, and tells what came of it. */
  #takeRuns() {
    const { figure } = this;
    figure.wanted = async () => ({ listing: undefined, exercise: this.name.split("/")[1] });
    figure.agrees = async (said) => {
      const consent = "/page/consent.js";
      return (await import(consent)).agrees(figure, said);
    };
    figure.addEventListener("checked", (event) => {
      if (/** @type {CustomEvent} */ (event).detail.passed) progress.set(this.passedKey, "passed");
      this.draw();
    });
    figure.addEventListener("verdict", (event) => this.#say(/** @type {CustomEvent} */ (event).detail.said));
  }

  /** Says what a terminal says, with links to the pages that it names. @param {Said[]} said */
  #say(said) {
    const { figure } = this;
    for (const { mark, text, is_rustc } of said) {
      // An open editor shows it at its line.
      if (is_rustc && figure.classList.contains("is-edited")) continue;
      const words = `${text}\n`.split(/\bbook\/(\S+)\.md\b/);
      const linked = words.map((word, at) => (at % 2 ? link(`book/${word}.md`, `${path_to_root}${word}.html`) : word));
      const box = element("pre", is_rustc ? "run rustc" : "run", ...linked);
      if (mark) box.prepend(element("span", mark === "✓" ? "good" : "bad", mark), " ");
      if (is_rustc) box.tabIndex = 0;
      part(figure, ".played").append(box);
    }
  }

  /** Says, while it is in sight, whether the reader's file is what the page shows. */
  #watchFile() {
    const { figure } = this;
    const own = element("p", "own");
    own.role = "status";
    // Above the buttons it would move them under the finger.
    part(figure, ".controls").after(own);
    const look = () => this.#look(own);
    let isNear = false;
    new IntersectionObserver(
      ([{ isIntersecting }]) => (isNear = isIntersecting) && look(),
      { rootMargin: "50%" },
    ).observe(figure);
    for (const changed of ["progress", "focus"]) addEventListener(changed, () => isNear && look());
    figure.addEventListener("verb", look);
  }

  /** @param {HTMLElement} own  what is said of the file */
  async #look(own) {
    const { figure, name } = this;
    const response = await server.ask(`/exercises/${name}`).catch(() => null);
    const isBegun = response ? (await response.json()).begun : false;
    // An open editor shows the file itself.
    if (figure.classList.contains("is-edited")) return;
    const isUnsaved = localStorage.getItem(`edit ${name}`) !== null;
    own.textContent = isUnsaved
      ? "What you wrote is not saved: Check takes your file without it. Edit shows it."
      : isBegun ? "Your file differs from this: Edit shows it." : "";
    figure.toggleAttribute("data-edited", isBegun || isUnsaved);
  }
}

/** In the list of all exercises. */
function drawList() {
  for (const cell of parts(document, "[data-passed]")) {
    cell.textContent = progress.get(`exercise ${cell.dataset.passed}`) ? "✓ passed" : "";
  }
}

drawList();
const exercises = parts(document, "section.exercise").map((section) => new Exercise(section));
progress.listen((keys) => {
  if (!keys.some((key) => key.startsWith("exercise "))) return;
  for (const exercise of exercises) exercise.draw();
  drawList();
});
})();
