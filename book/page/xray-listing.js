// The X-ray buttons of a listing. What draws is loaded when one is first pressed.
(() => {
"use strict";

const { element, part, parts } = markup;

/** @param {HTMLElement} host @param {string} why */
const refuse = (host, why) => {
  const said = element("p", "", `No X-ray: ${why}`);
  said.role = "alert";
  host.replaceChildren(said);
};
/** What draws, first wanted at a press; or `host` says why not. @param {HTMLElement} host */
const load = (host) =>
  markup.load("xray.css", "xray.js", "xray-beside.js").catch(() =>
    refuse(host, "the script that draws it could not be loaded. Is the server gone? Press X-ray again."));

/** @param {Figure} figure @returns {string} */
const titleOf = (figure) => part(figure, ".number").textContent;

/** What was recorded is drawn when it is opened, after the listing's question. @param {any} figure  the X-ray's @param {Figure} listing */
function offer(figure, listing) {
  const button = element("button", "open", "X-ray");
  button.ariaLabel = `X-ray of ${titleOf(listing)}, recorded`;
  const host = element("div", "drawn");
  part(figure, "figcaption").prepend(button);
  figure.append(host);
  const show = (/** @type {boolean} */ isOpen) => {
    host.hidden = !isOpen;
    button.ariaExpanded = `${isOpen}`;
  };
  show(false);
  const ask = () => {
    const isAsked = "asked" in listing.dataset && !listing.classList.contains("seen");
    button.toggleAttribute("disabled", isAsked);
    if (isAsked) show(false);
  };
  ask();
  new MutationObserver(ask).observe(listing, { attributeFilter: ["class"] });
  button.onclick = async () => {
    const isDrawn = part(host, ".xray-view");
    show(!isDrawn || host.hidden === true);
    if (isDrawn || !(await load(host))) return;
    host.replaceChildren();
    const xray = xrayBeside(host, listing, titleOf(listing));
    for (const row of JSON.parse(part(figure, "script.xray-rows").textContent)) xray.take(row);
    xray.at = Number(figure.dataset.open ?? 0);
    xray.draw();
  };
  return button;
}

/** A traced run, whose rows are drawn as they come. @param {Figure} figure */
function trace(figure) {
  const button = element("button", "trace", "X-ray");
  button.ariaLabel = `X-ray ${titleOf(figure)}`;
  const host = element("div", "");
  part(figure, ".output").append(host);
  /** @type {XRayView | undefined} */
  let xray;
  let isTraced = false;
  const clear = () => {
    host.replaceChildren();
    parts(figure, ".xray-line").forEach((it) => it.remove());
    xray = undefined;
  };
  const isActive = () => /waiting|running/.test(figure.dataset.state ?? "");
  const opens = part(document, `[data-xray="${figure.dataset.listing}"]`)?.dataset.shows;
  button.onclick = async () => {
    if (!(await load(host)) || isActive()) return;
    part(host, "[role=alert]")?.remove();
    // As Run does, of the listing or of the edit; whoever takes the press asks what is wanted.
    const { wanted } = figure;
    figure.wanted = async () => {
      isTraced = true;
      return { ...(await wanted?.()), xray: true, opens };
    };
    part(figure, ".play").click();
    figure.wanted = wanted;
  };
  /** @type {Record<string, (event: any) => void>} */
  const acts = {
    begun() {
      clear();
      if (!isTraced) return;
      xray = xrayBeside(host, figure, titleOf(figure));
      xray.isFollowing = true;
    },
    recorded: () => isActive() || clear(),
    row: ({ row }) => xray?.take(row),
    untraced({ why }) {
      refuse(host, why);
      xray = undefined;
    },
    opens({ row }) {
      // Whoever has chosen a row stays there.
      if (!xray?.isFollowing) return;
      xray.isFollowing = false;
      xray.draw();
      xray.choose(row);
    },
  };
  for (const kind in acts) figure.addEventListener(kind, (/** @type {any} */ event) => acts[kind](event.detail));
  new MutationObserver(() => {
    button.toggleAttribute("disabled", isActive());
    if (!isActive()) isTraced = false;
  }).observe(figure, { attributeFilter: ["data-state"] });
  return button;
}

/** Beside Run, or where nothing runs beside Replay. @param {Figure} figure @param {HTMLElement} button */
const place = (figure, button) => part(figure, ".controls .replay").after(button);

for (const figure of parts(document, "figure.xray")) {
  const listing = part(document, `figure.listing[data-listing="${figure.dataset.xray}"]`);
  const open = offer(figure, listing);
  if (part(listing, ".play")) continue;
  const button = element("button", "trace", "X-ray");
  button.ariaLabel = open.ariaLabel;
  button.onclick = () => {
    if (open.ariaExpanded !== "true") open.click();
    figure.scrollIntoView();
  };
  place(listing, button);
}
for (const figure of parts(document, "figure.listing[data-live]:not([data-exercise])"))
  if (part(figure, ".play")) place(figure, trace(figure));
})();
