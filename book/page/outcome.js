// What stands below a listing's output when its run is over: how it ended, how
// it differs from the recording, and the files that it left.
const Outcome = (() => {
"use strict";

const { element, link, duration, size } = markup;

/** @param {RunEvent} event */
const ending = ({ code, signal }) =>
  signal === undefined ? `exit status ${code}` : `ended by signal ${signal}`;

class Outcome {
  /** What is said of the end. @type {string[]} */
  words = [];
  /** The server has told the end; if not, it went away. */
  isTold = false;
  hasFailed = false;

  /** @param {HTMLElement} below  where it stands @param {AbortSignal} signal  ends with the run */
  constructor(below, signal) {
    this.below = below;
    this.signal = signal;
  }

  /** Says whether the event is of the end, and of nothing else. @param {RunEvent} event */
  take(event) {
    const { words } = this;
    const { kind, seconds } = event;
    if (kind === "left_behind") words.push(`left ${event.name} behind`);
    else if (kind === "timed_out") words.push(`stopped after ${seconds} s, its limit`);
    else if (kind === "exceeded") words.push(`stopped: more than ${event.most} ${event.what}`);
    else if (kind === "exited") {
      this.isTold = true;
      words.unshift(ending(event), duration(seconds ?? event.t));
    } else if (kind === "compared") this.#compare(event);
    else if (kind === "failed") {
      this.isTold = this.hasFailed = true;
      words.push(event.message ?? "");
    } else {
      if (kind === "checked") words.splice(0, 1, event.passed ? "✓ passed" : "not yet");
      return false;
    }
    return true;
  }

  /** @param {RunEvent} event */
  #compare({ verdict = "", differences = [], why, report }) {
    this.words.push(verdict === "differs" ? "not as recorded" : verdict.replace("_", " "));
    if (why) this.words.push(why);
    if (!differences.length) return;
    const list = element("ul", "", ...differences.map((line) => element("li", "", line)));
    const how = element("details", "", element("summary", "", "How it differs"), list);
    this.below.append(how);
    if (!report) return;
    const { text, link: href } = report;
    const told = href ? [link("Report it", href)] : ["Tell whoever gave you the book:", element("pre", "", text)];
    how.append(element("p", "", "Something else on your machine? ", ...told));
  }

  /** Shows a file that the run left. @param {Artifact} file @param {string} run  its id */
  async offer({ name, type, bytes, too_large }, run) {
    const item = element("p", "artifact", `file it left: ${name}, ${size(bytes)}`);
    this.below.append(item);
    if (too_large) return item.append(": too large for the page");
    try {
      const { signal } = this;
      const response = await server.ask(`/runs/${run}/artifacts/${encodeURIComponent(name)}`, { signal });
      const blob = await response.blob();
      if (signal.aborted) return;
      const url = URL.createObjectURL(new Blob([blob], { type }));
      item.replaceChildren("file it left: ", Object.assign(link(name, url), { download: name }), `, ${size(bytes)}`);
      const tag = { audio: "audio", image: "img" }[type.split("/")[0]];
      const properties = { src: url, alt: name, ariaLabel: name, controls: true };
      if (tag) item.append(Object.assign(element(tag, ""), properties));
    } catch (error) {
      item.append(`: ${/** @type {Error} */ (error).message}`);
    }
  }

  clear() {
    this.below.querySelectorAll("a").forEach((link) => URL.revokeObjectURL(link.href));
    this.below.replaceChildren();
  }
}

return Outcome;
})();
