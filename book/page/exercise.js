// An exercise: its hints are counted, its check says whether it is passed, and
// then its solution lies open to be looked at.
(() => {
"use strict";

/** @param {HTMLElement} section */
function practise(section) {
  const name = section.dataset.exercise ?? "";
  const [passedKey, hintsKey] = [`exercise ${name}`, `hints ${name}`];
  const figure = /** @type {Figure} */ (section.querySelector("figure"));
  const hints = /** @type {NodeListOf<HTMLDetailsElement>} */ (section.querySelectorAll("details.hint"));
  const solution = /** @type {HTMLElement} */ (section.querySelector(".solution"));
  const passed = document.createElement("span");
  passed.className = "passed";
  section.querySelector(".title")?.append(passed);

  function draw() {
    const isPassed = progress.get(passedKey) !== null;
    passed.textContent = isPassed ? " ✓ passed" : "";
    // Who has passed need not open the hints to compare.
    const place = isPassed ? section : hints[hints.length - 1];
    if (solution.parentElement !== place) place.append(solution);
  }

  hints.forEach((hint, at) => {
    hint.ontoggle = () => {
      if (hint.open && at >= Number(progress.get(hintsKey))) progress.set(hintsKey, `${at + 1}`);
    };
  });
  const own = document.createElement("p");
  own.className = "own";
  own.role = "status";
  figure.querySelector(":scope > pre")?.before(own);

  /** Says whether the reader's file is what the page shows. */
  async function look() {
    const headers = { Authorization: `Bearer ${sessionStorage.getItem("server-token")}` };
    const response = await fetch(`/exercises/${name}`, { headers }).catch(() => null);
    const isBegun = response?.ok ? (await response.json()).begun : false;
    // The editor knows better.
    if (figure.classList.contains("is-edited")) return;
    const isUnsaved = localStorage.getItem(`edit ${name}`) !== null;
    own.textContent = isUnsaved
      ? "What you wrote is not saved: Check takes your file without it. Edit shows it."
      : isBegun ? "Your file differs from this: Edit shows it." : "";
    figure.toggleAttribute("data-edited", isBegun || isUnsaved);
  }

  // Only where something runs is there Edit.
  if (figure.querySelector(".edit")) {
    let isNear = false;
    new IntersectionObserver(
      ([{ isIntersecting }]) => (isNear = isIntersecting) && look(),
      { rootMargin: "50%" },
    ).observe(figure);
    for (const changed of ["progress", "focus"]) addEventListener(changed, () => isNear && look());
    figure.addEventListener("verb", look);
  }

  figure.wanted = async () => ({ listing: undefined, exercise: name.split("/")[1] });
  figure.agrees = async (refusal) => {
    const consent = "/page/consent.js";
    return (await import(consent)).agrees(figure, refusal);
  };
  figure.addEventListener("checked", (event) => {
    if (/** @type {CustomEvent} */ (event).detail.passed) progress.set(passedKey, "passed");
    draw();
  });
  // An editor shows it at its line.
  figure.addEventListener("diagnostic", (event) => {
    if (figure.classList.contains("is-edited")) return;
    const said = document.createElement("pre");
    said.tabIndex = 0;
    said.textContent = /** @type {CustomEvent} */ (event).detail.rendered.trimEnd();
    figure.querySelector(".after")?.append(said);
  });
  // A check names the book's file of a page to read.
  new MutationObserver(() => {
    if (figure.dataset.state !== "ended") return;
    for (const run of figure.querySelectorAll(".played .run, .played .run .line")) {
      for (const text of run.childNodes) {
        const [words, page] = /book\/(\S+)\.md\b/.exec(text.nodeValue ?? "") ?? [];
        if (!words) continue;
        const link = Object.assign(document.createElement("a"), { href: `${path_to_root}${page}.html`, textContent: words });
        const range = document.createRange();
        const at = text.nodeValue?.indexOf(words) ?? 0;
        range.setStart(text, at);
        range.setEnd(text, at + words.length);
        range.deleteContents();
        range.insertNode(link);
      }
    }
  }).observe(figure, { attributeFilter: ["data-state"] });
  draw();
  return draw;
}

/** @type {NodeListOf<HTMLElement>} */
const sections = document.querySelectorAll("section.exercise");
const draws = Array.from(sections, practise);
progress.listen((keys) => {
  if (keys.some((key) => key.startsWith("exercise "))) for (const draw of draws) draw();
});
})();
