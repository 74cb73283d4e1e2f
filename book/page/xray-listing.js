// An X-ray's side of its listing: the button, the lines of the code that a row
// names, and the clicks on code and output that name a row.
(() => {
"use strict";

const { element, part, parts } = markup;

/** @type {Promise<unknown> | undefined} */
let loading;
/** @param {HTMLElement} host @param {string} why */
const refuse = (host, why) => {
  const said = element("p", "", `No X-ray: ${why}`);
  said.role = "alert";
  host.replaceChildren(said);
};
/** @param {"link" | "script"} tag @param {object} properties */
const loaded = (tag, properties) =>
  new Promise((resolve, reject) => {
    document.head.append(Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: reject }));
  });
/** What draws, first wanted at a press; or `host` says why not. @param {HTMLElement} host */
const load = (host) =>
  (loading ??= Promise.all([
    loaded("link", { rel: "stylesheet", href: `${path_to_root}page/xray.css` }),
    loaded("script", { src: `${path_to_root}page/xray.js` }),
  ])).catch(() => {
    loading = undefined;
    refuse(host, "the script that draws it could not be loaded. Is the server gone? Press X-ray again.");
  });

/** @param {Figure} figure @returns {string} */
const titleOf = (figure) => part(figure, ".number").textContent;

/** The lines of a listing's code, or of the edit of it. */
class Code {
  /** @param {Figure} figure */
  constructor(figure) {
    this.box = part(figure, ".editor .sheet") ?? part(figure, "pre");
    const code = part(this.box, "code");
    const { paddingTop, paddingBottom } = getComputedStyle(code);
    this.top = parseFloat(paddingTop) + code.offsetTop;
    const height = code.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom);
    this.height = height / code.textContent.trimEnd().split("\n").length;
  }

  /** Which line is there. @param {number} y  in the window */
  at(y) {
    return Math.floor((y - this.box.getBoundingClientRect().top - this.top) / this.height) + 1;
  }

  /** @param {number} line @param {boolean} isDim */
  light(line, isDim) {
    const mark = element("span", `xray-line${isDim ? " dim" : ""}`);
    mark.style.cssText = `top:${this.top + (line - 1) * this.height}px;height:${this.height}px`;
    this.box.append(mark);
  }
}

/** @param {string} text */
const lineEnds = (text) => text.split("\n").length - 1;

/** The row that printed what stands there. @param {X.Row[]} rows @param {HTMLElement} run  a stream's text @param {number} y */
function rowOf(rows, run, y) {
  const stream = run.classList[1];
  const { top, height } = run.getBoundingClientRect();
  let line = Math.floor(((y - top) / height) * (lineEnds(run.innerText.trimEnd()) + 1));
  for (let it = run.previousElementSibling; it; it = it.previousElementSibling)
    if (it.matches(`.${stream}.run`)) line += lineEnds(it.textContent ?? "");
  return rows.find(({ output }) => output?.stream === stream && (line -= lineEnds(output.text)) < 0);
}

/** A view, and its listing. @param {HTMLElement} host @param {Figure} figure */
function view(host, figure) {
  const xray = new XRay(host, titleOf(figure), () => {
    parts(figure, ".xray-line").forEach((it) => it.remove());
    const { line, also = [], dim = false } = xray.rows[xray.at];
    const code = new Code(figure);
    for (const it of [line, ...also]) if (it) code.light(it, dim);
  });
  figure.addEventListener("click", ({ target, clientY }) => {
    if (!(target instanceof Element) || !xray.view.offsetParent) return;
    // Who selects text wants no row.
    if (getSelection()?.toString() || target.closest("button, a, .xray-view")) return;
    const run = target.closest(".run");
    if (run instanceof HTMLElement) {
      const row = rowOf(xray.rows, run, clientY);
      if (row) xray.pick(row.n);
    } else if (target.closest("pre")?.parentElement === figure) {
      const line = new Code(figure).at(clientY);
      const its = xray.rows.filter((row) => row.line === line || row.also?.includes(line)).map(({ n }) => n);
      if (its.length) xray.pick(its.find((n) => n > xray.at) ?? its[0], its);
    }
  });
  return xray;
}

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
    const xray = view(host, listing);
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
  const isActive = () => /waiting|running/.test(figure.dataset.state ?? "");
  const opens = part(document, `[data-xray="${figure.dataset.listing}"]`)?.dataset.shows;
  button.onclick = async () => {
    if (!(await load(host)) || isActive()) return;
    isTraced = true;
    // As Run does, of the listing or of the edit; the player asks what is wanted at once.
    const { wanted } = figure;
    figure.wanted = async () => ({ ...(await wanted?.()), xray: true, opens });
    part(figure, ".play").click();
    figure.wanted = wanted;
  };
  /** @type {Record<string, (event: any) => void>} */
  const acts = {
    row: ({ row }) => xray?.take(row),
    untraced({ why }) {
      refuse(host, why);
      xray = undefined;
    },
    opens({ row }) {
      // Whoever has chosen a row stays there.
      if (!xray?.isFollowing) return;
      xray.isFollowing = false;
      xray.at = row;
      xray.draw();
    },
  };
  for (const kind in acts) figure.addEventListener(kind, (/** @type {any} */ event) => acts[kind](event.detail));
  new MutationObserver(() => {
    const { state } = figure.dataset;
    button.toggleAttribute("disabled", isActive());
    if (state === "waiting") {
      host.replaceChildren();
      parts(figure, ".xray-line").forEach((it) => it.remove());
      xray = isTraced ? view(host, figure) : undefined;
      if (xray) xray.isFollowing = true;
    } else if (!isActive() && isTraced) isTraced = false;
    else if (state === "ready") host.replaceChildren();
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
