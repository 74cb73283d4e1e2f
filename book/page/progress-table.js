// How far the reader is: in the table of all chapters, and on the map above it.
// What is kept can be carried from one browser to another, and forgotten.
(() => {
"use strict";

const { element, link, part, parts } = markup;
const box = part(document, ".progress");
if (!box) return;

/** @type {Plan} */
const plan = JSON.parse(part(box, ".plan").textContent);
const all = {
  name: "all",
  predictions: plan.parts.flatMap(({ predictions }) => predictions),
  exercises: plan.parts.flatMap(({ exercises }) => exercises),
};

box.insertAdjacentHTML("beforeend", `
<p class="go-on"></p>
<p><button>Export</button> <button>Import</button> <button>Reset</button>
<input type="file" accept=".txt,text/plain" aria-label="The file to import" hidden>
<span role="status"></span> <span class="unkept" role="status"></span></p>`);
const [out, into, reset] = parts(box, "button");
const file = part(box, "input");
const said = part(box, "[role=status]");

/** @param {string[]} keys */
function told(keys) {
  const { done, looked } = progress.count(keys);
  return keys.length ? `${done} of ${keys.length}${looked ? `, ${looked} looked at` : ""}` : "0";
}

/** @param {Part} part */
function drawPart({ name, predictions, exercises }) {
  const row = part(box, `[data-part="${name}"]`);
  // A part with nothing to do has no row.
  if (!row) return;
  const keys = [...predictions, ...exercises];
  const { done, looked } = progress.count(keys);
  const mark = done && done === keys.length ? "✓ done" : done + looked ? "begun" : "";
  const [title, ...cells] = row.children;
  [predictions, exercises].forEach((keys, at) => cells[at].replaceChildren(told(keys)));
  for (const old of parts(title, "span")) old.remove();
  const bar = element("span", "bar");
  bar.style.width = `${(100 * done) / keys.length}%`;
  title.append(element("span", "mark", mark && ` ${mark}`), bar);
  drawBox(name, mark);
}

/** On the map, as text too. @param {string} name @param {string} mark */
function drawBox(name, mark) {
  const drawn = document.getElementById(`learning-path-${name}`);
  if (!drawn) return;
  for (const old of parts(document, `svg [data-of="${name}"]`)) old.remove();
  drawn.setAttribute("class", mark.replace("✓ ", ""));
  const [x, y] = ["x", "y"].map((axis) => Number(drawn.getAttribute(axis)));
  drawn.insertAdjacentHTML("afterend", `<text class="mark" data-of="${name}" x="${x + 9}" y="${y + 62}">${mark}</text>`);
}

function draw() {
  [...plan.parts, all].forEach(drawPart);
  const last = progress.get("last") ?? "";
  const title = plan.pages[last];
  part(box, ".go-on").replaceChildren(...(title ? ["Go on: ", link(title, path_to_root + last)] : []));
  part(box, ".unkept").textContent = progress.unkept && `Only this browser keeps it: ${progress.unkept}`;
}

// ---- As a file: a line each, in order

const WORD = "[^\\s\\0-\\x1f\\x7f]+";
const LINES = [
  "last (chapter|appendix)WORD[.]html",
  // One or more places, what was typed, or that the reader looked.
  "predict WORD WORD [\\w.!~*'()%+-]{1,100}",
  "exercise WORD passed",
  "hints WORD [123]",
];
const LINE = new RegExp(`^(${LINES.join("|").replaceAll("WORD", WORD)})$`);

function write() {
  const lines = Object.entries(progress.entries()).map((entry) => `${entry.join(" ")}\n`);
  const href = URL.createObjectURL(new Blob([lines.sort().join("")], { type: "text/plain" }));
  Object.assign(link("", href), { download: "progress.txt" }).click();
  URL.revokeObjectURL(href);
  said.textContent = `${lines.length} lines in progress.txt.`;
}

/** @param {string} text */
function read(text) {
  const lines = text.split("\n").map((line) => line.trim().split(/\s+/));
  const known = lines.filter((words) => LINE.test(words.join(" ")));
  if (!known.length) return "There is no line of progress in it.";
  if (!agreed(`Take ${known.length} lines from it in place of what is here?`)) return "Nothing taken.";
  progress.replace(Object.fromEntries(known.map((words) => [words.slice(0, -1).join(" "), words.at(-1) ?? ""])));
  return `${known.length} lines taken.`;
}

/** Asks if there is anything to lose. @param {string} question */
const agreed = (question) => !Object.keys(progress.entries()).length || confirm(question);

out.onclick = write;
into.onclick = () => file.click();
file.onchange = async () => {
  said.textContent = read((await file.files?.[0]?.text()) ?? "");
  file.value = "";
  draw();
};
reset.onclick = () => {
  if (!agreed("Forget everything that you did: predictions, exercises and hints? Your exercise files stay as they are.")) return;
  progress.replace({});
  said.textContent = "Everything is forgotten.";
  draw();
};
progress.listen(draw);
draw();
})();
