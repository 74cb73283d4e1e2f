// What the server tells of the book: that it has changed, and what is wrong
// with it.
const changes = (() => {
"use strict";

const { element } = markup;

/** @param {{ isActive: boolean }[]} players */
function watch(players) {
  const bar = element("div", "book-bar");
  bar.role = "alert";
  document.body.append(bar);
  /** The server does not know this tab, whatever else there is to say. @type {Node[]} */
  let old = [];
  /** @param {(string | Node)[]} words */
  const say = (...words) => bar.replaceChildren(...old, ...words);
  const sayOld = () => {
    const words = `This tab is old: the book was started anew. What you answered is kept. To go on, ${server.HOW_TO_OPEN}.`;
    old = [element("p", "", words)];
    bar.prepend(...old);
  };
  addEventListener("old", sayOld, { once: true });

  const reload = () => {
    // A run that is under way goes on, and so does an edit.
    const isEdited = document.querySelector(".is-edited[data-edited]");
    if (!isEdited && !players.some((player) => player.isActive)) return location.reload();
    const show = element("button", "", "Show it");
    show.onclick = () => location.reload();
    say("The book has changed. ", show);
  };

  const tellProgress = () => dispatchEvent(new Event("progress"));

  let seen = "";
  /** @type {EventSource | undefined} */
  let source;
  // A browser opens six connections to a host: a hidden tab keeps none, and
  // hears what it missed when it is seen again.
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource("/changes");
    source.addEventListener("hello", ({ lastEventId }) => {
      say();
      if (seen) tellProgress();
      if (seen && lastEventId !== seen) reload();
      seen = lastEventId;
    });
    source.addEventListener("reload", reload);
    source.addEventListener("progress", tellProgress);
    source.addEventListener("mended", () => say());
    source.addEventListener("broken", ({ data }) => {
      const text = element("pre", "", data);
      text.tabIndex = 0;
      say("The book is broken; this is the last good one.", text);
    });
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}

return { watch };
})();
