// What was done is kept: by the server in a file, elsewhere by the browser.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { screenshot, staticBook } from "./book.js";
import { barriers, Browser, Question, staysWithin, watch } from "./browser.js";
import { Stage } from "./stage.js";

const PAGE = "chapter1-run/index.html";
const NAME = "chapter1/uncaptured";
const OTHER = "chapter1/popen.py";

const folder = staticBook();
const browser = await Browser.start();

/** What the browser's console says of a server that does not answer. */
const GONE = [/ERR_EMPTY_RESPONSE|ERR_CONNECTION|ERR_SOCKET|Failed to fetch/];

async function open(t, { at = PAGE, fragment, isLive = true, progress = {}, ...options } = {}) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  stage.isLive = isLive;
  stage.progress = progress;
  await page.goto(stage.address(at, fragment));
  return { stage, page, question: new Question(page, NAME) };
}

test("the server is told, and tells another browser", async (t) => {
  const page = await browser.page(t);
  const { stage, question } = await open(t);
  await question.look.click();
  await stage.knows(await question.key(), "looked");
  await page.goto(stage.address(PAGE));
  await new Question(page, NAME).says("Looked at.");
});

test("what the file says is shown as it changes", async (t) => {
  const { stage, question } = await open(t);
  await stage.knows("last", PAGE);
  stage.progress[await question.key()] = "1";
  await stage.tell("progress");
  await question.says("Right.");
  delete stage.progress[await question.key()];
  await stage.tell("progress");
  await question.check.waitFor();
});

test("a copy is drawn before the server answers", async (t) => {
  const { stage, page, question } = await open(t, { allowed: GONE });
  await question.look.click();
  await stage.knows(await question.key(), "looked");
  await page.route("**/progress", () => {});
  await page.reload();
  await question.says("Looked at.");
});

test("no answer is lost while the server does not answer", async (t) => {
  const { stage, page, question } = await open(t, { allowed: GONE });
  await stage.knows("last", PAGE);
  stage.isDeaf = true;
  await question.look.click();
  await page.reload();
  await question.says("Looked at.");
  await new Question(page, OTHER).look.click();
  stage.isDeaf = false;
  await stage.tell("progress");
  await stage.knows(await question.key(), "looked");
  await stage.knows(await new Question(page, OTHER).key(), "looked");
  await question.says("Looked at.");
});

test("what is taken back while the server does not answer is taken back there too", async (t) => {
  const { stage, page, question } = await open(t, { allowed: GONE });
  await question.look.click();
  const looked = await question.key();
  await stage.knows(looked, "looked");
  stage.isDeaf = true;
  await page.getByRole("button", { name: "Ask these again" }).click();
  stage.isDeaf = false;
  await stage.tell("progress");
  await stage.knows(looked, undefined);
  await question.check.waitFor();
});

test("a server that is back before it was known to be gone is asked again", async (t) => {
  const { stage, page, question } = await open(t, { allowed: GONE });
  await question.look.click();
  const looked = await question.key();
  await stage.knows(looked, "looked");
  let held;
  await page.route("**/progress", (route) => (held = route), { times: 1 });
  const asked = page.waitForRequest("**/progress");
  await page.getByRole("button", { name: "Ask these again" }).click();
  await asked;
  await page.evaluate(() => {
    window.heard = new Promise((resolve) => addEventListener("progress", () => resolve(null), { once: true }));
  });
  await stage.tell("progress");
  await page.evaluate(() => window.heard);
  await held.abort("connectionreset");
  await stage.knows(looked, undefined);
});

test("what a browser kept before there was a file goes into it", async (t) => {
  const { stage, page, question } = await open(t, { isLive: false, fragment: "" });
  await question.look.click();
  const looked = await question.key();
  stage.isLive = true;
  stage.progress = { "exercise chapter2/both_streams": "passed" };
  await page.goto(stage.address(PAGE));
  await stage.knows(looked, "looked");
  await question.says("Looked at.");
  assert.equal(stage.progress["exercise chapter2/both_streams"], "passed");
});

test("a file that was emptied empties the browser's copy", async (t) => {
  const { stage, page, question } = await open(t);
  await question.look.click();
  await stage.knows(await question.key(), "looked");
  stage.progress = {};
  await page.reload();
  await question.check.waitFor();
});

test("a static host is asked nothing, and two tabs of it have one memory", async (t) => {
  const { stage, page, question } = await open(t, { isLive: false, fragment: "" });
  const asked = [];
  page.on("request", (request) => request.url().endsWith("/progress") && asked.push(request.url()));
  const tab = await page.context().newPage();
  const complaints = watch(tab);
  await tab.goto(stage.address(PAGE, ""));
  await question.look.click();
  await new Question(tab, NAME).says("Looked at.");
  assert.deepEqual([asked, complaints], [[], []]);
});

test("the page read last is kept, if it is one of a chapter", async (t) => {
  const { stage, page } = await open(t);
  await stage.knows("last", PAGE);
  for (const other of ["introduction.html", "index.html", "print.html"]) {
    await page.goto(stage.address(other));
    // The script keeps a page as it is read, and so before the page has loaded.
    assert.equal(await page.evaluate(() => localStorage.getItem("last")), PAGE, other);
  }
  const next = "appendix-gotchas/index.html";
  await page.goto(stage.address("appendix-gotchas/"));
  await stage.knows("last", next);
  assert.deepEqual([...new Set(stage.noted.map(({ set }) => set.last))], [PAGE, next]);
});

// ---- The table, and the map

const INTRODUCTION = "introduction.html";
const EXERCISE = "exercise chapter2/both_streams";

class Table {
  constructor(page) {
    this.page = page;
    this.part = page.locator(".progress");
    this.status = this.part.getByRole("status");
  }

  row(name) {
    return this.part.getByRole("row", { name });
  }

  button(name) {
    return this.part.getByRole("button", { name });
  }

  /** All keys of a part of the book. */
  async keys(name) {
    const plan = JSON.parse(await this.part.locator(".plan").textContent());
    const { predictions, exercises } = plan.parts.find((part) => part.name === name);
    return [...predictions, ...exercises];
  }
}

async function introduction(t, options) {
  const opened = await open(t, { at: INTRODUCTION, ...options });
  return { ...opened, table: new Table(opened.page) };
}

test("the table says how many of how many, and the map with it", async (t) => {
  const { stage, page, table } = await introduction(t);
  await table.row(/^0\. The kitchen 0 of \d+ 0 of \d+$/).waitFor();
  await table.row(/^2\. Output and errors 0 of \d+ 0 of \d+$/).waitFor();
  stage.progress = { [EXERCISE]: "passed", "predict chapter2/gone 0123": "1" };
  for (const key of await table.keys("chapter0")) stage.progress[key] = key.startsWith("exercise ") ? "passed" : "1";
  const [kitchen] = await table.keys("chapter0");
  stage.progress[kitchen] = "looked";
  await stage.tell("progress");
  await table.row(/^0\. The kitchen begun \d+ of \d+, 1 looked at (\d+) of \1$/).waitFor();
  stage.progress[kitchen] = "0";
  await stage.tell("progress");
  await table.row(/^2\. Output and errors begun 0 of \d+ 1 of \d+$/).waitFor();
  await table.row(/^0\. The kitchen ✓ done (\d+) of \1 (\d+) of \2$/).waitFor();
  await table.row(/^In all begun/).waitFor();
  const map = page.locator("svg.diagram");
  assert.deepEqual(await map.locator("text.mark:not(:empty)").allTextContents(), ["✓ done", "begun"]);
  assert.equal(await map.locator("rect.done").getAttribute("id"), "learning-path-chapter0");
  const width = (name) => table.row(name).locator(".bar").evaluate((bar) => bar.style.width);
  assert.equal(await width(/kitchen/), "100%");
});

test("a box of the map leads to its chapter, and the last chapters have a heading", async (t) => {
  const { page } = await introduction(t);
  const links = page.locator("svg.diagram").getByRole("link");
  assert.equal(await links.count(), 10);
  const heading = page.locator(".chapter > .spacer").first();
  assert.equal(await heading.evaluate((line) => getComputedStyle(line, "::after").content), '"Appendices"');
  // A click on the words in the box.
  await page.locator("#learning-path-chapter4").scrollIntoViewIfNeeded();
  const box = await page.locator("#learning-path-chapter4").boundingBox();
  await page.mouse.click(box.x + box.width / 2, box.y + box.height / 3);
  await page.waitForURL(/chapter4-stderr\/index/);
  await page.goBack();
  await links.nth(9).focus();
  await page.keyboard.press("Enter");
  await page.waitForURL(/appendix-enough-rust\/index/);
});

test("where the reader was, by the page's title", async (t) => {
  const { stage, page, table } = await introduction(t, { progress: { last: "chapter5-pipes/whose-status.html" } });
  await table.part.getByText("Go on: Whose status counts").waitFor();
  await table.part.getByRole("link", { name: "Whose status counts" }).click();
  await page.waitForURL(/chapter5-pipes\/whose-status/);
  stage.progress.last = "chapter9-gone/index.html";
  await page.goto(stage.address(INTRODUCTION));
  await table.part.getByText("Go on").waitFor({ state: "hidden" });
});

test("from a static host to another browser, by a file", async (t) => {
  const { page, table } = await introduction(t, { isLive: false, fragment: "" });
  const given = ["1", "looked", "-", "0+12", "65%2C536"].map((answer, at) => `predict chapter1/gone ${at} ${answer}\n`).join("");
  const lines = `last chapter1-run/index.html\nhints chapter2/both_streams 2\n${given}`;
  const file = { name: "progress.txt", mimeType: "text/plain", buffer: Buffer.from(
    `# mine\n${lines}exercise  chapter2/both_streams passed\nfood for thought\nlast javascript:alert(1)\npredict chapter1/gone 5 a/b\n`,
  ) };
  await table.part.locator("input").setInputFiles(file);
  await table.status.getByText("8 lines taken.").waitFor();
  await table.row(/^2\. .* 1 of \d+$/).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), table.button("Export").click()]);
  assert.equal(download.suggestedFilename(), "progress.txt");
  const sorted = `${EXERCISE} passed\nhints chapter2/both_streams 2\nlast chapter1-run/index.html\n${given}`;
  assert.equal(await readFile(await download.path(), "utf8"), sorted);
  await page.reload();
  await table.row(/^2\. .* 1 of \d+$/).waitFor();
  page.once("dialog", (dialog) => dialog.accept());
  await table.part.locator("input").setInputFiles({ ...file, buffer: Buffer.from("hello\n") });
  await table.status.getByText("There is no line of progress in it.").waitFor();
  await table.row(/^2\. .* 1 of \d+$/).waitFor();
});

test("that the server keeps nothing is said beside what Import says, for as long as it is so", async (t) => {
  const { stage, page, table } = await introduction(t, { allowed: [/500/, ...GONE, /ERR_FAILED/] });
  const unkept = table.part.locator(".unkept");
  await page.route("**/progress", (route) => route.fulfill({ status: 500, json: { error: "it cannot be written" } }));
  await stage.tell("progress");
  await unkept.filter({ hasText: "Only this browser keeps it: it cannot be written" }).waitFor();
  await table.part.locator("input").setInputFiles({ name: "progress.txt", mimeType: "text/plain", buffer: Buffer.from("hello\n") });
  await table.part.getByText("There is no line of progress in it.").waitFor();
  assert.match(await unkept.textContent(), /^Only this browser/);
  await page.unroute("**/progress");
  // A server that does not answer has not said otherwise.
  await page.route("**/progress", (route) => route.abort());
  const failed = page.waitForEvent("requestfailed", (request) => request.url().endsWith("/progress"));
  await stage.tell("progress");
  await failed;
  await page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  assert.match(await unkept.textContent(), /^Only this browser/);
  await page.unroute("**/progress");
  await stage.tell("progress");
  await page.waitForFunction(() => !document.querySelector(".progress .unkept").textContent);
});

test("everything is forgotten, if that is meant", async (t) => {
  const { stage, page, table } = await introduction(t, { progress: { [EXERCISE]: "passed", last: PAGE } });
  await table.row(/^2\. .* 1 of \d+$/).waitFor();
  page.once("dialog", (dialog) => dialog.dismiss());
  await table.button("Reset").click();
  assert.equal(stage.progress[EXERCISE], "passed");
  page.once("dialog", (dialog) => dialog.accept());
  await table.button("Reset").click();
  await stage.knows(EXERCISE, undefined);
  await table.row(/^2\. .* 0 of \d+$/).waitFor();
  await table.status.getByText("Everything is forgotten.").waitFor();
  assert.deepEqual(stage.progress, {});
});

test("without JavaScript the table counts what there is, and has no dead button", async (t) => {
  const { table } = await introduction(t, { javaScriptEnabled: false });
  await table.row(/^2\. Output and errors \d+ \d+$/).waitFor();
  assert.equal(await table.part.locator("button, input").count(), 0);
});

// ---- The sidebar

/** A page's link in the sidebar. */
class Entry {
  constructor(page, address) {
    this.link = page.locator(`#mdbook-sidebar a[href$="${address}"]`);
    this.mark = this.link.locator(".done > :first-child");
  }

  /** Of the page, and of those below it. */
  async keys() {
    const lists = await this.link.evaluate((link) => Array.from(link.closest("li").querySelectorAll("[data-to-do]"), (it) => it.dataset.toDo));
    return lists.join().split(",");
  }

  /** Waits for what is seen, and returns what is heard. */
  async shows(mark) {
    await this.mark.filter({ hasText: new RegExp(`^${mark}$`) }).waitFor();
    return (await this.link.ariaSnapshot()).match(/"(.*)"/)[1];
  }
}

const EXERCISED = "chapter1-run/there-is-no-shell.html";

test("the sidebar marks a chapter as the questions of its pages are answered", async (t) => {
  const { stage, page, question } = await open(t);
  const entry = new Entry(page, PAGE);
  const rest = (await entry.keys()).slice(1);
  const all = rest.length + 1;
  const height = (await entry.link.boundingBox()).height;
  assert.equal(await page.locator("#mdbook-sidebar .done").count(), 0);
  await question.look.click();
  assert.equal(await entry.shows(`0/${all}`), `Run a command (0 of ${all} done)`);
  await question.options.first().check();
  await question.check.click();
  assert.equal(await entry.shows(`1/${all}`), `Run a command (1 of ${all} done)`);
  for (const key of rest) stage.progress[key] = "0";
  await stage.tell("progress");
  assert.equal(await entry.shows("✓"), "Run a command (done)");
  assert.equal((await entry.link.boundingBox()).height, height);
  await question.again.click();
  await entry.shows(`${all - 1}/${all}`);
  const pages = page.locator(`#mdbook-sidebar li:has(> span > [href$="${PAGE}"]) [data-to-do]`);
  assert.ok((await pages.count()) > 5);
  assert.equal(await page.locator("#mdbook-sidebar .done").count(), await pages.count());
  const { scrollWidth, clientWidth } = await page.locator("#mdbook-sidebar .sidebar-scrollbox").evaluate((it) => ({ scrollWidth: it.scrollWidth, clientWidth: it.clientWidth }));
  assert.equal(scrollWidth, clientWidth, "nothing scrolls sideways");
});

test("in the sidebar a page with an exercise is done when that is passed too", async (t) => {
  const { stage, page } = await open(t, { at: EXERCISED });
  const entry = new Entry(page, EXERCISED);
  const keys = await entry.keys();
  const [exercise] = keys.filter((key) => key.startsWith("exercise "));
  for (const key of keys) if (key !== exercise) stage.progress[key] = "1";
  await stage.tell("progress");
  await entry.shows(`${keys.length - 1}/${keys.length}`);
  const chapter = new Entry(page, PAGE);
  await chapter.shows(`${keys.length - 1}/${(await chapter.keys()).length}`);
  stage.progress[exercise] = "passed";
  await stage.tell("progress");
  await entry.shows("✓");
});

test("on a static host the sidebar marks what another page has kept, and after Back", async (t) => {
  const { page, stage, question } = await open(t, { isLive: false, fragment: "" });
  const entry = new Entry(page, PAGE);
  const all = (await entry.keys()).length;
  const looked = await question.key();
  await question.look.click();
  await page.goto(stage.address(EXERCISED, ""));
  await entry.shows(`0/${all}`);
  await page.evaluate((key) => localStorage.setItem(key, "1"), looked);
  await page.goBack();
  await entry.shows(`1/${all}`);
  await question.says("Right.");
  // The browser under test keeps no page for Back: what is told to one that comes as it was left.
  await page.evaluate((key) => {
    localStorage.setItem(key, "looked");
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
  }, looked);
  await entry.shows(`0/${all}`);
  await question.says("Looked at.");
});

test("every page with something to do can be marked", async (t) => {
  const { page, table } = await introduction(t);
  const marked = await page.locator("#mdbook-sidebar [data-to-do]").evaluateAll((links) =>
    links.flatMap((link) => link.dataset.toDo.split(",")));
  const planned = JSON.parse(await table.part.locator(".plan").textContent()).parts;
  assert.deepEqual(marked.sort(), planned.flatMap(({ predictions, exercises }) => [...predictions, ...exercises]).sort());
});

for (const [theme, width] of [["light", 1100], ["light", 360], ["navy", 1100], ["navy", 360], ["coal", 360], ["rust", 360], ["ayu", 360]]) {
  test(`${theme}, ${width} px: nothing sticks out, and nobody is kept out`, async (t) => {
    const { stage, page, table } = await introduction(t, {
      theme,
      viewport: { width, height: 900 },
      progress: { [EXERCISE]: "passed", last: PAGE },
    });
    for (const key of (await table.keys("chapter1")).concat((await table.keys("chapter4")).slice(3))) {
      stage.progress[key] = "1";
    }
    await stage.tell("progress");
    await table.row(/^1\. .*✓ done/).waitFor();
    assert.ok(await staysWithin(page));
    assert.ok(await table.part.evaluate((part) => part.scrollWidth <= part.clientWidth), "the table fits");
    assert.deepEqual(await barriers(page), []);
    await page.locator("#learning-path-chapter0").scrollIntoViewIfNeeded();
    await page.locator("figure.diagram").evaluate((part) => part.scrollIntoView());
    await page.screenshot({ path: screenshot(`progress-${theme}-${width}-map`) });
    await table.part.evaluate((part) => part.scrollIntoView());
    await page.screenshot({ path: screenshot(`progress-${theme}-${width}-table`) });
  });
}
