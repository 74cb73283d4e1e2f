// The Edit button of a listing that the server runs. It loads the editor when it
// is first pressed.
(() => {
"use strict";

const [EDITOR, EXERCISE_EDITOR] = ["/page/editor.js", "/page/exercise-editor.js"];

// The player takes Run away where nothing runs.
for (const play of document.querySelectorAll("figure[data-live] .controls .play")) {
  const figure = /** @type {Figure} */ (play.closest("figure"));
  const button = document.createElement("button");
  button.className = "edit";
  button.ariaExpanded = "false";
  const title = figure.querySelector(".number")?.textContent;
  button.innerHTML = `Edit<span class="heard"> ${title}</span>`;
  figure.querySelector(".controls .copy")?.after(button);
  try {
    // The button is marked where an earlier edit is kept.
    figure.toggleAttribute("data-edited", `edit ${figure.dataset.listing}` in localStorage);
  } catch {
    // This browser keeps nothing.
  }
  let isOpening = false;
  button.onclick = async ({ detail }) => {
    // The second click of two would close what the first opens.
    if (isOpening || detail > 1) return;
    isOpening = true;
    try {
      const editor = "exercise" in figure.dataset ? EXERCISE_EDITOR : EDITOR;
      await (await import(editor)).toggle(figure, button);
    } catch (error) {
      const isRefused = error instanceof server.Refusal;
      const words = isRefused ? error.message : "the editor does not load: does the server still run?";
      figure.querySelector(".state")?.replaceChildren(...markup.withCode(words));
    } finally {
      isOpening = false;
    }
  };
}
})();
