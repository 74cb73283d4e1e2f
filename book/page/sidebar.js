// What is done, page by page, in mdBook's sidebar.
(() => {
"use strict";

const { element, part, parts } = markup;
// A chapter's link tells of the pages below it too.
const links = parts(document, "#mdbook-sidebar li:has([data-to-do]) > span > [href]").map((link) => [
  link,
  parts(link.closest("li"), "[data-to-do]").flatMap(({ dataset }) => dataset.toDo.split(",")),
]);

function draw() {
  for (const [link, keys] of links) {
    const { done, looked } = progress.count(keys);
    const [mark, words] = done === keys.length ? ["✓", "done"] : [`${done}/${keys.length}`, `${done} of ${keys.length} done`];
    part(link, ".done")?.remove();
    if (!done && !looked) continue;
    const seen = element("span", "", mark);
    seen.ariaHidden = "true";
    link.append(element("span", "done", seen, element("span", "", `(${words})`)));
  }
}

progress.watch(draw);
draw();
})();
