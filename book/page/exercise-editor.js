// The editor of an exercise. What it edits is the reader's own file, which other
// editors may write too. `edit.js` loads it.

import { agrees } from "./consent.js";
import { Editor, toggling } from "./editor.js";

class OwnFile extends Editor {
  /** What it opens with says whether it may. */
  static async mayOpen() {}

  #version = "";
  #given = "";
  #address = `/exercises/${this.figure.dataset.listing}`;
  #conflict = document.createElement("div");
  /** What Check asks for while the editor is closed. */
  #closed = this.figure.wanted;

  /** @param {Figure} figure @param {HTMLElement} button */
  constructor(figure, button) {
    super(figure, button);
    this.#conflict.className = "conflict";
    this.#conflict.role = "alert";
    this.part(".stale").replaceWith(this.#conflict);
    this.text.addEventListener("keydown", (event) => {
      if (event.key !== "s" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      this.#try(this.#save());
    });
    addEventListener("focus", () => this.isOpen && this.#try(this.#follow()));
  }

  get verbs() {
    return ["Check", "Check"];
  }

  get given() {
    return this.#given;
  }

  get badges() {
    return ["Not saved", "Saved"];
  }

  get keys() {
    return "Ctrl-S saves it to your file, and so does Ctrl-Enter, which checks it.";
  }

  async open() {
    const file = await this.#ask();
    this.#given = file.given;
    const draft = this.kept.read();
    this.#is(file);
    const isStale = draft && draft.own !== file.source && draft.source !== file.source;
    this.text.value = draft?.source ?? file.source;
    this.undo.forget();
    await super.open();
    // The task stands above: begin below the comment that repeats it.
    const begin = /^(\/\/!.*\n|\n)*/.exec(this.text.value)?.[0].length ?? 0;
    this.text.setSelectionRange(begin, begin);
    if (isStale) this.#choose(file);
  }

  close() {
    super.close();
    this.figure.wanted = this.#closed;
  }

  async wanted() {
    await this.#save();
    return { listing: undefined, exercise: this.figure.dataset.listing?.split("/")[1] };
  }

  async reset() {
    if (!confirm(`Take ${this.title} as the book gives it? What you wrote into its file is lost.`)) return;
    await this.#try(this.#ask("/reset", {}).then((file) => this.#take(file)));
  }

  /** Says what fails. @param {Promise<void>} done */
  async #try(done) {
    try {
      await done;
    } catch (error) {
      // The choice between two texts says it already.
      if (this.#conflict.firstChild) return;
      const { message } = /** @type {Error} */ (error);
      this.part(".badge").replaceChildren(...markup.withCode(message));
      this.say(message);
    }
  }

  /** What is on disk now. @param {{ source: string, version: string }} file */
  #is({ source, version }) {
    this.own = this.base = source;
    this.#version = version;
    this.#conflict.replaceChildren();
  }

  /** @param {{ source: string, version: string }} file */
  #take(file) {
    this.#is(file);
    this.replace(file.source);
  }

  /** Takes the file's text, unless something here is unsaved. */
  async #follow() {
    const isClean = () => this.text.value === this.own && !this.#conflict.firstChild;
    if (!isClean()) return;
    const file = await this.#ask();
    // Something may have been typed meanwhile.
    if (!isClean() || file.source === this.own) return;
    this.#is(file);
    this.text.value = file.source;
    this.undo.forget();
    this.changed();
  }

  async #save() {
    await this.#follow();
    const source = this.text.value;
    if (this.#conflict.firstChild) throw new Error("choose first: your file, or what you wrote here");
    try {
      // Even if nothing was changed here, the file may have been.
      const { version } = await this.#ask("", { source, version: this.#version });
      this.#is({ source, version });
    } catch (error) {
      if (!(error instanceof server.Refusal) || error.status !== 409) throw error;
      const disk = { source: error.said.source ?? "", version: error.said.version ?? "" };
      if (disk.source !== source) {
        this.#choose(disk);
        throw error;
      }
      this.#is(disk);
    }
    this.changed();
    this.say("Saved.");
  }

  /** @param {{ source: string, version: string }} disk */
  #choose(disk) {
    /** @param {string} word @param {() => void} act */
    const button = (word, act) => {
      const made = document.createElement("button");
      made.textContent = word;
      made.onclick = () => {
        act();
        this.text.focus();
      };
      return made;
    };
    const keep = () => {
      this.#is(disk);
      this.#try(this.#save());
    };
    this.#conflict.replaceChildren(
      "Your file has changed on disk since. ",
      button("Take the file's", () => this.#take(disk)),
      " ",
      button("Keep mine", keep),
    );
  }

  /** @param {string} below @param {object} [body] */
  async #ask(below = "", body) {
    const path = this.#address + below;
    const asked = body ? server.post(path, body, { agrees: (said) => agrees(this.figure, said) }) : server.ask(path);
    return (await asked).json();
  }
}

export const toggle = toggling(OwnFile);
