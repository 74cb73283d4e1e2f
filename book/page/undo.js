// What was typed, to be taken back: the browser's own memory of it ends with each
// letter, since the page colours the text anew.

/** What was typed within this time, in ms, is taken back in one step. */
const AT_ONCE = 1000;

/** @typedef {{ value: string, start: number, end: number }} Moment */

/** Remembers what a text field held. @param {HTMLTextAreaElement} text @param {() => void} changed */
export function remember(text, changed) {
  /** @type {Moment[]} */
  let past = [];
  /** @type {Moment[]} */
  let future = [];
  let last = { kind: "", at: 0, value: "", end: 0 };

  /** @returns {Moment} */
  const now = () => ({ value: text.value, start: text.selectionStart, end: text.selectionEnd });
  let before = now();

  /** @param {Moment[]} from @param {Moment[]} to */
  function go(from, to) {
    const moment = from.pop();
    if (!moment) return;
    to.push(now());
    text.value = moment.value;
    text.setSelectionRange(moment.start, moment.end);
    last.kind = "";
    changed();
  }

  text.addEventListener("beforeinput", (event) => {
    const { inputType } = event;
    if (!inputType.startsWith("history")) return (before = now());
    // The browser's own menu asks by this event.
    event.preventDefault();
    if (inputType === "historyUndo") go(past, future);
    else go(future, past);
  });
  text.addEventListener("input", (event) => {
    const { inputType: kind } = /** @type {InputEvent} */ (event);
    const at = performance.now();
    // A move of the cursor in between begins a new step.
    const isThere = before.value === last.value && before.start === last.end && before.end === last.end;
    const goesOn = kind === last.kind && at - last.at < AT_ONCE && isThere;
    if (!goesOn) past.push(before);
    future = [];
    last = { kind, at, value: text.value, end: text.selectionEnd };
    before = now();
  });
  text.addEventListener("keydown", (event) => {
    const { ctrlKey, metaKey, shiftKey, altKey } = event;
    const key = event.key.toLowerCase();
    if (!(ctrlKey || metaKey) || altKey || (key !== "z" && key !== "y")) return;
    event.preventDefault();
    if (key === "z" && !shiftKey) go(past, future);
    else go(future, past);
  });
  return {
    /** For before a command types: the browser sends no `beforeinput` then. */
    mark: () => (before = now()),
    /** For when another text was put in: there is nothing to take back. */
    forget() {
      past = [];
      future = [];
      last.kind = "";
      before = now();
    },
  };
}
