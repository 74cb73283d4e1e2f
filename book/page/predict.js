// A question is asked before its listing shows what was recorded. What is kept
// is a word: the options, `0+2`, what was typed, or that the reader looked.
(() => {
"use strict";

const PREFIX = "predict ";
/** @param {string} key */
const isOurs = (key) => key.startsWith(PREFIX);
const LOOKED = "looked";

/** @param {ParentNode} inside @param {string} selector @returns {any} */
const part = (inside, selector) => inside.querySelector(selector);
/** @param {ParentNode} inside @param {string} selector @returns {any[]} */
const parts = (inside, selector) => [...inside.querySelectorAll(selector)];

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

/** @param {any} aside @param {number} at */
function ask(aside, at) {
  const { listing, version, right, kind, unit = "" } = aside.dataset;
  const isShort = kind === "short";
  const isSeveral = kind === "several";
  const id = (aside.id = `predict-${at}`);
  const about = `[data-listing="${listing}"]`;
  const figure = part(document, "figure" + about);
  const title = part(figure, ".number").textContent;
  const fieldset = part(aside, "fieldset");
  const details = part(aside, "details");
  const summary = part(aside, "summary");
  const form = document.createElement("form");
  form.autocomplete = "off";
  form.innerHTML = `<button aria-label="Check, ${title}">Check</button>
<button type="button" aria-label="Just show me ${title}">Just show me</button>`;
  fieldset.before(form);
  form.prepend(fieldset);
  parts(aside, "li").forEach((item, place) => {
    const input = `<input type=${kind ? "checkbox" : "radio required"} name="${id}" value="${place}">`;
    item.innerHTML = `<label>${input}${item.innerHTML}</label>`;
  });
  if (isShort) part(aside, "label span").outerHTML = '<input required pattern=".*\\S.*" maxlength="100" autocapitalize="none">';
  const inputs = parts(form, "input");
  const reasons = parts(details, "[data-of]");
  summary.insertAdjacentHTML("afterbegin", "<strong></strong> ");

  /** As the page has what is right. @param {string} text */
  function plain(text) {
    const all = text.trim().toLowerCase();
    const words = all.endsWith(unit) && all.slice(0, all.length - unit.length).trim() || all;
    return /^[-+]?\d{1,3}(,\d{3})+([.]\d+)?$/.test(words) ? words.replaceAll(",", "") : words;
  }

  /** The verdict; shows what is said of what was missed. @param {string} answer */
  function judge(answer) {
    const given = isShort ? plain(decoded(answer)) : answer;
    const places = inputs.map(({ value }) => value);
    const isRight = given === right;
    const missed = isSeveral ? places.filter((at) => has(given, at) !== has(right, at)) : [given];
    const told = reasons.filter(({ dataset }) => missed.includes(dataset.of));
    for (const reason of reasons) {
      const isSpare = told[0] ? !told.includes(reason) : isShort && isRight;
      reason.classList.toggle("spare", answer !== LOOKED && isSpare);
    }
    if (answer === LOOKED) return "Looked at.";
    if (isRight) return "Right.";
    const good = places.length - missed.length;
    return isSeveral && good ? `${good} of ${places.length} judged right.` : "Wrong.";
  }

  const question = {
    key: `${PREFIX}${listing} ${version}`,
    /** @type {string | null} */
    answer: null,

    read() {
      const kept = progress.get(question.key);
      if (kept !== question.answer) question.show(kept, kept !== LOOKED);
    },

    /** @param {string | null} answer  none asks anew @param {boolean} isOpen */
    show(answer, isOpen) {
      question.answer = answer;
      fieldset.disabled = answer !== null;
      details.open = isOpen;
      aside.classList.toggle("done", answer !== null);
      for (const input of inputs) {
        if (isShort) input.value = answer === LOOKED ? "" : decoded(answer ?? "");
        input.checked = has(answer ?? "", input.value);
      }
      part(summary, "strong").textContent = judge(answer ?? LOOKED);
      figure.classList.toggle("seen", !part(document, `.predict:not(.done)${about}`));
    },
  };

  /** @param {string} answer @param {boolean} isOpen */
  const keep = (answer, isOpen) => {
    progress.set(question.key, answer);
    question.show(answer, isOpen);
    // It has taken the place of the buttons.
    if (isOpen) summary.focus({ preventScroll: true });
    say(`${title}: ${part(summary, "strong").textContent}`);
  };
  form.onsubmit = () => {
    const ticked = parts(form, ":checked").map(({ value }) => value);
    keep(isShort ? encoded(inputs[0].value) : ticked.join("+") || "-", true);
    return false;
  };
  part(form, "[type=button]").onclick = () => keep(LOOKED, true);
  // Who runs or replays it has looked; a run that waits has said nothing yet.
  new MutationObserver((changes) => {
    const states = [figure.dataset.state, ...changes.map(({ oldValue }) => oldValue)];
    if (question.answer === null && /running|replaying/.test(states.join())) keep(LOOKED, false);
  }).observe(figure, { attributeFilter: ["data-state"], attributeOldValue: true });
  question.read();
  return question;
}

/** @param {string} words */
function say(words) {
  const done = questions.filter(({ answer }) => answer !== null).length;
  part(foot, "span").textContent = `${words} ${done} of ${questions.length} predictions done.`;
}

/** @param {string[]} keys */
function forget(keys) {
  progress.remove(keys);
  for (const question of questions) question.show(null, false);
  say("Asked again.");
}

const questions = parts(document, "aside.predict").map(ask);
const foot = document.createElement("p");
foot.className = "predictions";
foot.innerHTML = `<button>Ask these again</button> <button>Ask all of the book again</button> <span role="status"></span>`;
if (questions.length) part(document, "main").append(foot);
say("");
const [these, all] = foot.querySelectorAll("button");
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
