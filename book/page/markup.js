// What the page's scripts find and write: parts of a page, elements, sentences
// with code in them, sizes and durations.
const markup = (() => {
"use strict";

/** @param {string} tag @param {string} className @param {...(string | Node)} children */
function element(tag, className, ...children) {
  const made = document.createElement(tag);
  made.className = className;
  made.append(...children);
  return made;
}

/** @param {string} words @param {string} href */
const link = (words, href) => Object.assign(element("a", "", words), { href });

/** What the page is made with is there. @param {ParentNode} inside @param {string} selector @returns {any} */
const part = (inside, selector) => inside.querySelector(selector);
/** @param {ParentNode} inside @param {string} selector @returns {any[]} */
const parts = (inside, selector) => [...inside.querySelectorAll(selector)];

/** What stands between backticks becomes code. @param {string} words */
const withCode = (words) =>
  words.split("`").map((part, at) => (at % 2 ? element("code", "", part) : part));

/** @param {number} seconds */
const duration = (seconds) =>
  seconds < 1 ? `${Math.ceil(seconds * 1000)} ms` : `${seconds.toFixed(2)} s`;

/** @param {number} bytes */
const size = (bytes) =>
  bytes < 1024 ? `${bytes} byte${bytes === 1 ? "" : "s"}` : `${Math.ceil(bytes / 1024)} KiB`;

return { element, link, part, parts, withCode, duration, size };
})();
