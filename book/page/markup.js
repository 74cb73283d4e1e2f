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

/** @type {Record<string, Promise<unknown>>} */
const loaded = {};

/** Loads scripts and styles that the page did without, each once. @param {...string} files */
const load = (...files) =>
  Promise.all(files.map((file) => (loaded[file] ??= new Promise((onload, onerror) => {
    const address = `${path_to_root}page/${file}`;
    const made = file.endsWith(".css") ? { rel: "stylesheet", href: address } : { src: address };
    document.head.append(Object.assign(element("href" in made ? "link" : "script", ""), made, { onload, onerror }));
  }).catch((error) => {
    delete loaded[file];
    throw error;
  }))));

return { element, link, part, parts, withCode, duration, size, load };
})();
