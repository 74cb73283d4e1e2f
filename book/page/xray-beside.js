// An X-ray beside its listing: the lines of the code that a row names, and the clicks
// on code and output that name a row.
const xrayBeside = (() => {
"use strict";

const { element, part, parts } = markup;

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

/** A view, and its listing. @param {HTMLElement} host @param {Figure} figure @param {string} title */
function view(host, figure, title) {
  const xray = new XRay(host, title, () => {
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

return view;
})();
