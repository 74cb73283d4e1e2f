// Keys: a link past the sidebar, arrows that turn no page while something is read or
// answered, and under `?` all that there is to press.
(() => {
"use strict";

const { element, link, part } = markup;

const OURS = "pre, figure, .predict, .exercise";
const KEYS = [
  "In an X-ray, the arrows, <kbd>Home</kbd> and <kbd>End</kbd> go from row to row",
  "There, and in code, an output or a question, <kbd>←</kbd> and <kbd>→</kbd> turn no page",
  "In an editor, <kbd>Ctrl</kbd>-<kbd>Enter</kbd> runs what you wrote, or checks it",
  "In an exercise's editor, <kbd>Ctrl</kbd>-<kbd>S</kbd> saves it",
  "In an editor, <kbd>Tab</kbd> indents; <kbd>Esc</kbd>, then <kbd>Tab</kbd>, leaves it",
];

const main = part(document, "main");
main.tabIndex = -1;
const skip = link("Skip to the text", "#");
skip.className = "skip";
skip.onclick = () => {
  main.focus();
  return false;
};
document.body.prepend(skip);

// mdBook listens further out, and turns the page.
main.addEventListener("keydown", (/** @type {any} */ event) => {
  if (/^Arrow/.test(event.key) && event.target.closest(OURS)) event.stopPropagation();
});

const help = part(document, "#mdbook-help-popup > div");
for (const words of help ? KEYS : []) {
  const line = element("p", "");
  line.innerHTML = words;
  help.append(line);
}
})();
