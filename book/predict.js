// A question is asked before its listing shows what was recorded. What is kept
// is which option was chosen, or that the reader looked.
(() => {
"use strict";

const PREFIX = "predict ";
/** @param {string} key */
const isOurs = (key) => key.startsWith(PREFIX);
const LOOKED = "looked";

/** @param {ParentNode} inside @param {string} selector @returns {any} */
const part = (inside, selector) => inside.querySelector(selector);

/** @param {any} aside @param {number} at */
function ask(aside, at) {
  const { listing, version, right } = aside.dataset;
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
  aside.querySelectorAll("li").forEach((/** @type {Element} */ item, /** @type {number} */ place) => {
    const label = document.createElement("label");
    label.innerHTML = `<input type="radio" name="${id}" value="${place}" required>`;
    label.append(...item.childNodes);
    item.append(label);
  });
  summary.insertAdjacentHTML("afterbegin", "<strong></strong> ");

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
      const verdict = answer === LOOKED ? "Looked at." : answer === right ? "Right." : "Wrong.";
      question.answer = answer;
      fieldset.disabled = answer !== null;
      details.open = isOpen;
      aside.classList.toggle("done", answer !== null);
      for (const option of form.querySelectorAll("input")) option.checked = option.value === answer;
      part(summary, "strong").textContent = answer && verdict;
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
    keep(part(form, ":checked").value, true);
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

const questions = Array.from(document.querySelectorAll("aside.predict"), ask);
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
