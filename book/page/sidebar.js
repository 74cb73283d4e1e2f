// What is done, page by page, in mdBook's sidebar.
(() => {
"use strict";

const { element, parts } = markup;
const links = parts(document, "#mdbook-sidebar [data-to-do]");

function draw() {
  for (const link of links) {
    const keys = link.dataset.toDo.split(",");
    const { done, looked } = progress.count(keys);
    const [mark, words] = done === keys.length ? ["✓", "done"] : [`${done}/${keys.length}`, `${done} of ${keys.length} done`];
    for (const old of parts(link, ".done")) old.remove();
    if (!done && !looked) continue;
    const seen = element("span", "", mark);
    seen.ariaHidden = "true";
    link.append(element("span", "done", seen, element("span", "", `(${words})`)));
  }
}

progress.watch(draw);
draw();
})();
