// In an archive, which has no Rust: the buttons that need it look so, and say so when
// they are pressed.
(() => {
"use strict";

const { link, part, parts } = markup;

for (const figure of parts(document, "figure[data-needs]")) {
  const { needs, verb } = figure.dataset;
  /** @param {string} word @param {string} name */
  const mark = (word, name) => {
    // Where nothing runs there is no such button.
    const button = part(figure, `.controls ${name}`);
    if (!button) return;
    button.ariaDisabled = "true";
    button.title = `needs ${needs}`;
    const say = (/** @type {Event} */ event) => {
      event.stopImmediatePropagation();
      const words = [`${word} needs ${needs}: the `, link("introduction", Controls.HOW_IT_RUNS), " says how to get both"];
      const [number, state, said] = [".number", ".state", ".said"].map((name) => part(figure, name));
      state.replaceChildren(...words);
      said.textContent = `${number.textContent}: ${state.textContent}`;
    };
    button.addEventListener("click", say, { capture: true });
  };
  mark("Edit", ".edit");
  // A listing runs all the same, an exercise does not.
  if (!verb) continue;
  mark(verb, ".play");
  part(figure, ".hint").replaceChildren(`${verb} and Edit need ${needs}: `, link("how", Controls.HOW_IT_RUNS));
}
})();
