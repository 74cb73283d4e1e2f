// A real browser, and pages in it that notice what must not happen.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after } from "node:test";
import { chromium } from "playwright-core";

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Where Debian puts them: the engine without windows opens a page in a third of the time. */
const CHROMIUMS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"];

/** What a busy machine may take for one step, in ms: to be slow is no failure. */
const BUSY = 120_000;

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** A browser for one file of tests: it ends when they have. */
export class Browser {
  static async start() {
    const executablePath = process.env.CHROMIUM ?? CHROMIUMS.find((program) => existsSync(program));
    const browser = await chromium.launch({ executablePath, args: FLAGS });
    after(() => browser.close());
    return new Browser(browser);
  }

  constructor(browser) {
    this.browser = browser;
  }

  /**
   * A page in a browser profile of its own: no storage but what it makes.
   * When the test ends, it closes, and fails the test if the page complained
   * or asked another host for anything.
   */
  async page(test, options = {}) {
    const { allowed = [], theme, ...settings } = options;
    const context = await this.browser.newContext({
      viewport: { width: 1100, height: 900 },
      ...settings,
    });
    const page = await context.newPage();
    page.setDefaultTimeout(BUSY);
    if (theme) await page.addInitScript((theme) => localStorage.setItem("mdbook-theme", theme), theme);
    const complaints = watch(page, allowed);
    test.after(async () => {
      await context.close();
      // A test that has failed says no more than its own error.
      for (const complaint of complaints) test.diagnostic(complaint);
      assert.deepEqual(complaints, []);
    });
    return page;
  }
}

/** Notes errors, and requests to other hosts than the page's own. */
export function watch(page, allowed = []) {
  const complaints = [];
  const note = (text) => {
    if (!allowed.some((pattern) => pattern.test(text))) complaints.push(text);
  };
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => note(`error: ${error.stack}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    const isOwn = ["127.0.0.1", "localhost"].includes(url.hostname);
    if (!isOwn && !["data:", "blob:"].includes(url.protocol)) note(`request: ${url}`);
  });
  return complaints;
}

/**
 * What axe-core finds serious or critical in the parts of a page that are the
 * book's own. Not in mdBook's: some of its themes have links of low contrast.
 */
export async function barriers(page) {
  // As the tools of the browser do, so that the page's own policy stands.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(AXE);
  const { violations } = await page.evaluate(
    // Only violations are listed: to name each place that passes takes long.
    (own) => globalThis.axe.run({ include: own.map((one) => [one]) }, { resultTypes: ["violations"] }),
    ["figure", "aside.predict", "aside.notes", ".predictions", ".progress", ".exercise", ".book-bar"],
  );
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary}`).join("\n  ")}`);
}

/** Nothing of a page sticks out of its window. */
export const staysWithin = (page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** A listing's figure in a page: its controls, and what it shows. */
export class Listing {
  constructor(page, name) {
    this.page = page;
    this.figure = page.locator(`figure[data-listing="${name}"]`);
    this.run = this.button("Run");
    this.stop = this.button("Stop");
    this.replay = this.button("Replay");
    this.copy = this.button("Copy command");
    this.unfold = this.button("Show the output of");
    this.recorded = this.figure.locator(".screen:not(.played)");
    this.screen = this.figure.locator(".screen.played");
    this.terminal = this.figure.locator(".terminal");
    this.state = this.figure.locator(".state");
    this.heard = this.figure.getByRole("status");
    this.input = this.figure.getByRole("textbox");
  }

  button(word) {
    return this.figure.getByRole("button", { name: new RegExp(`^[^a-z]*${word} Listing`, "i") });
  }

  /** Waits for a state: ready, waiting, running, ended, failed, replaying. */
  is(state) {
    return this.figure.and(this.page.locator(`[data-state="${state}"]`)).waitFor();
  }

  /** Waits until the played output holds a text. */
  says(text) {
    return this.screen.filter({ hasText: text }).waitFor();
  }

  /** Waits until the line below the output holds a text. */
  ends(text) {
    return this.state.filter({ hasText: text }).waitFor();
  }
}

/** The editor of a listing, as it stands in a page. */
export class Editor {
  constructor(page, name) {
    this.listing = new Listing(page, name);
    const { figure } = this.listing;
    this.edit = this.listing.button("Edit");
    this.run = this.listing.button("Run edited");
    this.part = figure.locator(".editor");
    this.text = figure.getByRole("textbox", { name: /^Code of/ });
    this.colours = this.part.locator(".sheet code");
    this.badge = this.part.locator(".badge");
    this.messages = this.part.locator(".messages");
    this.marks = this.part.locator(".mark");
    this.difference = this.part.locator(".difference");
    this.compare = this.part.getByRole("button", { name: "Difference" });
    this.reset = this.part.getByRole("button", { name: "Reset" });
    this.close = this.part.getByRole("button", { name: "Close" });
    this.dialog = figure.getByRole("dialog");
  }

  /** Opens it, and waits for its text. */
  async open() {
    await this.edit.click();
    await this.text.waitFor();
  }
}

/** An exercise, as it stands in a page. */
export class Exercise {
  constructor(page, name) {
    this.page = page;
    this.part = page.locator(`section[data-exercise="${name}"]`);
    this.listing = new Listing(page, name);
    this.editor = new Editor(page, name);
    this.check = this.button("Check");
    this.edit = this.button("Edit");
    this.hints = this.part.locator("details.hint");
    this.solution = this.part.locator("details.solution");
    this.passed = this.part.locator(".title .passed");
  }

  button(word) {
    return this.listing.figure.getByRole("button", { name: new RegExp(`^[^a-z]*${word} Exercise`, "i") });
  }

  /** Opens a hint, counted from 1. */
  hint(number) {
    return this.hints.nth(number - 1).locator("> summary").click();
  }
}

/** The X-ray of a listing: recorded, in a figure of its own, or of a run. */
export class XRay {
  constructor(part) {
    this.part = part;
    this.open = part.locator("figcaption button");
    this.view = part.locator(".xray-view");
    this.rows = this.view.locator("tbody tr");
    this.chosen = this.view.locator("tr[aria-current]");
    this.sentence = this.view.locator(".told");
    this.slider = this.view.getByRole("slider", { name: "Seconds" });
    this.region = this.view.getByRole("region", { name: /^X-ray of/ });
    this.ask = this.view.getByRole("button", { name: "Who holds what" });
    this.boxes = this.view.locator(".pic .box");
  }

  row(n) {
    return this.rows.nth(n);
  }

  /** Waits until a row is chosen, by its sentence. */
  says(text) {
    return this.sentence.filter({ hasText: text }).waitFor();
  }
}

/** A question about a listing, as it stands in a page. */
export class Question {
  constructor(page, listing, kind = "predict") {
    this.part = page.locator(`aside.${kind}[data-listing="${listing}"]`);
    this.options = this.part.getByRole("radio");
    this.boxes = this.part.getByRole("checkbox");
    this.field = this.part.getByRole("textbox");
    this.check = this.part.getByRole("button", { name: /^Check/ });
    this.look = this.part.getByRole("button", { name: /^Just show me/ });
    this.again = this.part.getByRole("button", { name: /^Ask again/ });
    this.answer = this.part.locator("details");
  }

  /** What its answer is kept under. */
  async key() {
    const [listing, version] = await this.part.evaluate(({ dataset }) => [dataset.listing, dataset.version]);
    return `predict ${listing} ${version}`;
  }

  /** What is asked, as it is heard. */
  async asked() {
    return (await this.part.locator(".asked").allTextContents()).join(" ");
  }

  /** Ticks the boxes at these places, and checks them. */
  async tick(...places) {
    for (const place of places) await this.boxes.nth(place).check();
    await this.check.click();
  }

  /** Types an answer, and checks it. */
  async type(answer) {
    await this.field.fill(answer);
    await this.check.click();
  }

  /** Prints it: its answer, with every reason, stands at the page's end, and nothing that is pressed or unfolded is left. */
  async standsOnPaper() {
    const page = this.part.page();
    await page.emulateMedia({ media: "print" });
    const told = await page.locator("main > .answers").innerText();
    for (const words of await this.answer.locator("p").allTextContents()) assert.ok(told.includes(words.trim().slice(0, 20)), words);
    assert.equal(await this.part.locator("button:visible, input:visible, details:visible").count(), 0);
    await this.part.evaluate((part) => part.scrollIntoView());
  }

  /** Waits for a verdict. */
  says(verdict) {
    return this.answer.locator("summary").filter({ hasText: verdict, visible: true }).waitFor();
  }
}

/** A question whose answer is an arrow in a picture. */
export class WhichArrow extends Question {
  constructor(page, listing) {
    super(page, listing, "which-arrow");
    this.picture = this.part.locator(".arrow-picture");
    this.picked = this.picture.locator(".box");
  }

  /** Its script has come. */
  ready() {
    return this.part.and(this.part.page().locator("[data-drawn]")).waitFor();
  }

  /** The box at that place, from the left. */
  box(place) {
    return this.picked.nth(place);
  }

  /** The arrows that are drawn: of which kind, from which box to which, and what is written at each. */
  arrows() {
    return this.picture.locator(".arrow").evaluateAll((all) =>
      all.map((arrow) => {
        const ends = ["--from", "--to"].map((end) => Number(arrow.style.getPropertyValue(end)));
        const [from, to] = arrow.matches(".back") ? ends.reverse() : ends;
        return [arrow.classList[1], from, to, arrow.textContent];
      }),
    );
  }
}
