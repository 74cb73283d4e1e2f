// An arrow is picked in a picture: by its boxes, or in the lists below it, which are
// what is answered. predict.js asks, judges and keeps; here is only drawn.
(() => {
"use strict";

const { element, part, parts } = markup;

/** The box that a choice stands for. @param {any} input */
const boxOf = (input) => Number(input.closest("li").dataset.box);

class Picture {
  /** @param {any} aside */
  constructor(aside) {
    this.aside = aside;
    this.picture = part(aside, ".arrow-picture");
    this.boxes = parts(this.picture, ".box");
    this.lists = parts(aside, "ol").map((list) => parts(list, "input"));
    this.given = this.boxes.findIndex((box) => box.matches(".given"));
    this.picture.onclick = (/** @type {{ target: any }} */ { target }) => this.#pick(this.boxes.indexOf(target.closest(".box")));
    aside.addEventListener("change", () => this.draw());
    // Each verdict is written anew, that of another tab too.
    new MutationObserver(() => this.draw()).observe(part(aside, "summary"), { childList: true, subtree: true });
    this.draw();
    aside.dataset.drawn = "";
  }

  /** A box was clicked: the first is where the arrow begins, if that is asked. @param {number} box */
  #pick(box) {
    const [first, last = first] = this.lists;
    const chosen = this.lists.map((list) => list.find(({ checked }) => checked));
    const isNew = first !== last && (!chosen[0] || chosen[1]);
    if (!isNew && chosen[0] && first !== last && boxOf(chosen[0]) === box) return;
    const input = (isNew ? first : last).find((input) => boxOf(input) === box);
    if (!input || input.matches(":disabled")) return;
    if (isNew && chosen[1]) chosen[1].checked = false;
    input.checked = true;
    input.focus({ preventScroll: true });
    this.draw();
  }

  draw() {
    const { aside, lists, given } = this;
    const inputs = lists.flat();
    /** @param {any[]} chosen */
    const ends = (chosen) => {
      const boxes = chosen.map(boxOf);
      return given < 0 ? boxes : [given, ...boxes];
    };
    const mine = ends(inputs.filter(({ checked }) => checked));
    parts(this.picture, ".arrow").forEach((arrow) => arrow.remove());
    this.boxes.forEach((box, at) => box.classList.toggle("begin", at === mine[0]));
    // Who has looked sees what is right, until the arrow is drawn after all.
    const isAsked = aside.matches(".looked") ? mine.length > Number(given >= 0) : !aside.matches(".done");
    if (isAsked) return this.#arrow(mine, "mine", "");
    const places = aside.dataset.right.split("+");
    const right = ends(inputs.filter(({ value }) => places.includes(value)));
    this.#arrow(right, "right", "✓ right");
    if (mine.join() !== right.join()) this.#arrow(mine, "wrong", "✗ yours");
  }

  /** @param {number[]} ends  one is no arrow yet @param {string} kind @param {string} words */
  #arrow([from, to], kind, words) {
    if (to === undefined || from === to) return;
    const [first, last] = [Math.min(from, to), Math.max(from, to)];
    const arrow = element("i", `arrow ${kind}${to < from ? " back" : ""}`);
    if (words) arrow.append(element("b", "", words));
    arrow.style.cssText = `--from:${first};--to:${last}`;
    this.picture.append(arrow);
  }
}

for (const aside of parts(document, "aside.which-arrow")) new Picture(aside);
})();
