// An X-ray's side of its listing: the button, the lines of the code that a row
// names, and the clicks on code and output that name a row. What draws the
// X-ray is loaded when the first one is opened.
(() => {
"use strict";

const { element, part, parts } = markup;

/** @type {Promise<unknown> | undefined} */
let loading;
/** @param {"link" | "script"} tag @param {object} properties */
const loaded = (tag, properties) =>
  new Promise((resolve, reject) => {
    const it = Object.assign(document.createElement(tag), properties, { onload: resolve, onerror: reject });
    document.head.append(it);
  });
const load = () =>
  (loading ??= Promise.all([
    loaded("link", { rel: "stylesheet", href: `${path_to_root}page/xray.css` }),
    loaded("script", { src: `${path_to_root}page/xray.js` }),
  ]));

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
    if (run) {
      const row = rowOf(xray.rows, /** @type {HTMLElement} */ (run), clientY);
      if (row) xray.pick(row.n);
    } else if (target.closest("pre")?.parentElement === figure) {
      const line = new Code(figure).at(clientY);
      const its = xray.rows.filter((row) => row.line === line || row.also?.includes(line)).map(({ n }) => n);
      if (its[0] !== undefined) xray.pick(its.find((n) => n > xray.at) ?? its[0], its);
    }
  });
  return xray;
}

/** What was recorded is drawn when it is opened, after the listing's question. @param {any} figure  the X-ray's @param {Figure} listing */
function offer(figure, listing) {
  const button = element("button", "open");
  button.innerHTML = `X-ray<span class="heard"> of ${titleOf(listing)}, recorded</span>`;
  const host = element("div", "drawn");
  part(figure, "figcaption").append(button);
  figure.append(host);
  const show = (/** @type {boolean} */ isOpen) => {
    host.hidden = !isOpen;
    button.ariaExpanded = `${isOpen}`;
  };
  show(false);
  const ask = () => {
    const isAsked = "asked" in listing.dataset && !listing.classList.contains("seen");
    /** @type {HTMLButtonElement} */ (button).disabled = isAsked;
    if (isAsked) show(false);
  };
  ask();
  new MutationObserver(ask).observe(listing, { attributeFilter: ["class"] });
  button.onclick = async () => {
    await load();
    show(host.hidden === true);
    if (host.firstChild) return;
    const xray = view(host, listing);
    for (const row of JSON.parse(part(figure, "script.xray-rows").textContent)) xray.take(row);
    xray.at = Number(figure.dataset.open ?? 0);
    xray.draw();
  };
  return button;
}

/** A traced run, whose rows are drawn as they come. @param {Figure} figure */
function trace(figure) {
  const button = element("button", "trace");
  button.innerHTML = `X-ray<span class="heard"> ${titleOf(figure)}</span>`;
  const host = element("div", "");
  part(figure, ".output").append(host);
  /** @type {XRayView | undefined} */
  let xray;
  let isTraced = false;
  button.onclick = async () => {
    await load();
    isTraced = true;
    // As Run does, of the listing or of the edit; the player asks what is wanted at once.
    const { wanted } = figure;
    figure.wanted = async () => ({ ...(await wanted?.()), xray: true });
    part(figure, ".play").click();
    figure.wanted = wanted;
  };
  figure.addEventListener("building_tracer", () => {
    part(figure, ".state").textContent = "building the tracer";
  });
  figure.addEventListener("row", (event) => {
    xray?.take(/** @type {CustomEvent} */ (event).detail.row);
  });
  figure.addEventListener("untraced", (event) => {
    host.replaceChildren(element("p", "untraced", `No X-ray: ${/** @type {CustomEvent} */ (event).detail.why}`));
    xray = undefined;
  });
  new MutationObserver(() => {
    const { state = "" } = figure.dataset;
    const isActive = /waiting|running/.test(state);
    /** @type {HTMLButtonElement} */ (button).disabled = isActive;
    if (state === "waiting") {
      host.replaceChildren();
      parts(figure, ".xray-line").forEach((it) => it.remove());
      xray = isTraced ? view(host, figure) : undefined;
      if (xray) xray.isFollowing = true;
    } else if (!isActive && isTraced) {
      isTraced = false;
      settle(xray);
    } else if (state === "ready") host.replaceChildren();
  }).observe(figure, { attributeFilter: ["data-state"] });
  return button;
}

/** Nothing more comes: a deadlock is chosen, or the longest wait, if the reader has not chosen. @param {XRayView} [xray] */
function settle(xray) {
  if (!xray?.isFollowing || !xray.rows[0]) return;
  xray.isFollowing = false;
  xray.draw();
  const longest = xray.rows.reduce((best, row) => ((row.idle ?? 0) >= (best.idle ?? 0) ? row : best));
  xray.choose((xray.rows.find(({ kind }) => kind === "deadlock") ?? longest).n);
}

/** Beside Run, or where nothing runs beside Replay. @param {Figure} figure @param {HTMLElement} button */
const place = (figure, button) => part(figure, ".controls .replay").after(button);

for (const figure of parts(document, "figure.xray")) {
  const listing = part(document, `figure.listing[data-listing="${figure.dataset.xray}"]`);
  const open = offer(figure, listing);
  if (part(listing, ".play")) continue;
  const button = element("button", "trace");
  button.innerHTML = open.innerHTML;
  button.onclick = () => {
    if (open.ariaExpanded !== "true") open.click();
    figure.scrollIntoView();
  };
  place(listing, button);
}
for (const figure of parts(document, "figure.listing[data-live]:not([data-exercise])"))
  if (part(figure, ".play")) place(figure, trace(figure));
})();
