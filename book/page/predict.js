// A question is asked before its listing shows what was recorded. What is kept
// is a word: the options, `0+2`, what was typed, or that the reader looked.
(() => {
"use strict";

const { element, part, parts } = markup;
const PREFIX = "predict ";
/** @param {string} key */
const isOurs = (key) => key.startsWith(PREFIX);
const LOOKED = "looked";

/** @param {string} text */
const encoded = (text) => encodeURIComponent(text.trim()).slice(0, 100).replace(/^l(?=ooked$)/, "%6C");

/** @param {string} word */
function decoded(word) {
  try {
    return decodeURIComponent(word);
  } catch {}
  return word;
}

/** @param {string} answer @param {string} place */
const has = (answer, place) => answer.split("+").includes(place);

/** As the page has what is right. @param {string} text @param {string} unit */
function plain(text, unit) {
  const all = text.trim().toLowerCase();
  const words = all.endsWith(unit) && all.slice(0, all.length - unit.length).trim() || all;
  return /^[-+]?\d{1,3}(,\d{3})+([.]\d+)?$/.test(words) ? words.replaceAll(",", "") : words;
}

/** Without what the recorded line, or its end, has around the answer. @param {string} typed */
function bare(typed, before = "", behind = "") {
  const [text, head, tail] = [typed, before, behind].map((one) => one.toLowerCase().replace(/\s+/g, " "));
  const words = head.split(" ");
  while (words[0] && !text.startsWith(words.join(" "))) words.shift();
  const rest = text.slice(words.join(" ").length);
  return (tail && rest.endsWith(tail) && rest.slice(0, -tail.length)) || rest;
}

class Question {
  /** @type {string | null} */
  answer = null;

  /** @param {any} aside @param {number} at */
  constructor(aside, at) {
    const { listing, version, kind } = aside.dataset;
    this.aside = aside;
    this.kind = kind;
    this.key = `${PREFIX}${listing} ${version}`;
    this.about = `[data-listing="${listing}"]`;
    this.figure = part(document, "figure" + this.about);
    this.title = part(this.figure, ".number").textContent;
    aside.id = `predict-${at}`;
    this.form = this.#ask();
    this.inputs = parts(aside, "input");
    this.summary = part(aside, "summary");
    this.verdict = element("strong", "");
    this.summary.prepend(this.verdict, " ");
    this.#listen();
    this.read();
  }

  #ask() {
    const { aside, kind, title } = this;
    const fieldset = part(aside, "fieldset");
    const form = document.createElement("form");
    form.autocomplete = "off";
    form.innerHTML = `<button class="check" aria-label="Check, ${title}">Check</button>
<button type="button" class="look" aria-label="Just show me ${title}">Just show me</button>
<button type="button" class="again" aria-label="Ask again, ${title}">Ask again</button>`;
    fieldset.before(form);
    form.prepend(fieldset);
    parts(aside, "li").forEach((item, place) => {
      const input = `<input type=${kind ? "checkbox" : "radio required"} name="${aside.id}-${item.parentElement.start}" value="${place}">`;
      item.innerHTML = `<label>${input}${item.innerHTML}</label>`;
    });
    if (kind === "short") part(aside, "label span").outerHTML = '<input required pattern=".*\\S.*" maxlength="100" autocapitalize="none">';
    return form;
  }

  #listen() {
    const { figure, form, inputs } = this;
    form.onsubmit = () => {
      const ticked = parts(form, ":checked").map(({ value }) => value);
      this.#keep(this.kind === "short" ? encoded(inputs[0].value) : ticked.join("+") || "-", true);
      return false;
    };
    part(form, ".look").onclick = () => this.#keep(LOOKED, true);
    part(form, ".again").onclick = () => {
      forget([this.key]);
      inputs[0].focus({ preventScroll: true });
    };
    this.#fold();
    // Who runs or replays it has looked; a run that waits has said nothing yet.
    new MutationObserver((changes) => {
      const states = [figure.dataset.state, ...changes.map(({ oldValue }) => oldValue)];
      if (this.answer === null && /running|replaying/.test(states.join())) this.#keep(LOOKED, false);
    }).observe(figure, { attributeFilter: ["data-state"], attributeOldValue: true });
  }

  /** In the place of the output, a button to look at it: for all that is asked of it. */
  #fold() {
    const { figure, title } = this;
    if (part(figure, ".folded")) return;
    const terminal = part(figure, ".terminal");
    const fold = element("div", "folded", "Folded until you answer. ");
    fold.insertAdjacentHTML("beforeend", `<button aria-label="Show the output of ${title}">Show the output</button>`);
    part(fold, "button").onclick = () => {
      for (const question of questions)
        if (question.figure === figure && question.answer === null) question.#keep(LOOKED, false);
      terminal.focus({ preventScroll: true });
    };
    terminal.append(fold);
  }

  /** @param {string} answer @param {boolean} isOpen */
  #keep(answer, isOpen) {
    progress.set(this.key, answer);
    this.show(answer, isOpen);
    // The buttons are gone.
    if (isOpen) this.summary.focus({ preventScroll: true });
    say(`${this.title}: ${this.verdict.textContent}`);
  }

  read() {
    const kept = progress.get(this.key);
    if (kept !== this.answer) this.show(kept, kept !== LOOKED);
  }

  /** @param {string | null} answer  none asks anew @param {boolean} isOpen */
  show(answer, isOpen) {
    const isBegun = this.answer === null && answer === LOOKED;
    this.answer = answer;
    const isDone = answer !== null && answer !== LOOKED;
    const given = isDone ? answer : "";
    part(this.aside, "fieldset").disabled = isDone;
    part(this.aside, "details").open = isOpen;
    this.aside.classList.toggle("done", isDone);
    this.aside.classList.toggle("looked", answer === LOOKED);
    // Who looks before the answer is given still gives it.
    for (const input of isBegun ? [] : this.inputs) {
      if (this.kind === "short") input.value = decoded(given);
      input.checked = has(given, input.value);
    }
    this.verdict.textContent = this.#judge(answer ?? LOOKED);
    this.#mark(isDone);
    this.figure.classList.toggle("seen", !part(document, `.predict:not(.done, .looked)${this.about}`));
  }

  /** What was given, and what is right. @param {boolean} isDone */
  #mark(isDone) {
    const { aside, kind, inputs } = this;
    const { right, verdict } = aside.dataset;
    for (const input of inputs) {
      const isRight = kind === "short" ? verdict === "right" : has(right, input.value);
      const isMine = kind === "short" || input.checked;
      const mark = `${isRight ? "✓" : "✗"}${isMine ? " yours" : ""}`;
      input.parentElement.dataset.mark = isDone && (isRight || isMine) ? mark : "";
    }
  }

  /** The verdict; shows what is said of what was missed. @param {string} answer */
  #judge(answer) {
    const { right, kind, unit = "", before, behind } = this.aside.dataset;
    const typed = plain(decoded(answer), unit);
    const given = kind !== "short" ? answer : typed === right ? right : plain(bare(typed, before, behind), unit);
    const isRight = given === right;
    this.aside.dataset.verdict = isRight ? "right" : "wrong";
    const places = this.inputs.map(({ value }) => value);
    const missed = kind === "several" ? places.filter((at) => has(given, at) !== has(right, at)) : [given];
    const reasons = parts(this.aside, "[data-of]");
    const told = reasons.filter(({ dataset }) => missed.includes(dataset.of));
    for (const reason of reasons) {
      const isSpare = told[0] ? !told.includes(reason) : isRight && kind === "short";
      reason.classList.toggle("spare", answer !== LOOKED && isSpare);
    }
    if (answer === LOOKED) return "Looked at.";
    if (isRight) return "✓ Right.";
    const good = places.length - missed.length;
    return good && kind === "several" ? `✗ ${good} of ${places.length} judged right.` : "✗ Wrong.";
  }
}

/** @param {string} words */
function say(words) {
  const [looked, open] = [LOOKED, null].map((kept) => questions.filter(({ answer }) => answer === kept).length);
  const apart = looked ? `, ${looked} looked at` : "";
  part(foot, "span").textContent = `${words} ${questions.length - looked - open} of ${questions.length} predicted${apart}.`;
}

/** @param {string[]} keys */
function forget(keys) {
  progress.remove(keys);
  for (const question of questions) if (keys.includes(question.key)) question.show(null, false);
  say("Asked again.");
}

/** On paper all answers stand at the end. */
function answers() {
  const told = questions.map(({ aside, title }) => {
    const one = element("div", "", element("strong", "", title));
    for (const words of part(aside, "details").children) if (words.matches("p")) one.append(words.cloneNode(true));
    return one;
  });
  const end = element("section", "answers", element("p", "", element("strong", "", "Answers")), ...told);
  part(document, "main").append(end);
}

const questions = parts(document, "aside.predict").map((aside, at) => new Question(aside, at));
const foot = element("p", "predictions");
foot.innerHTML = `<button>Ask these again</button> <button>Ask all of the book again</button> <span role="status"></span>`;
if (questions.length) {
  part(document, "main").append(foot);
  answers();
}
if (part(document, ".which-arrow")) markup.load("which-arrow.js").catch(() => {});
say("");
const [these, all] = parts(foot, "button");
these.onclick = () => forget(questions.map(({ key }) => key));
all.onclick = () => {
  if (confirm("Forget your predictions on every page of the book?"))
    forget(Object.keys(progress.entries()).filter(isOurs));
};
progress.listen((keys) => {
  if (!keys.some(isOurs)) return;
  for (const question of questions) question.read();
  say("");
});
})();
