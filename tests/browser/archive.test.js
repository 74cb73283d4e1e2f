// The book that was unpacked from an archive, where there is no Rust: listings run,
// and what needs Rust says so in its place.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { openbook, screenshot } from "./book.js";
import { barriers, Browser, Editor, Exercise, Listing, staysWithin } from "./browser.js";
import { Server } from "./server.js";

const FOLDER = process.env.ARCHIVE;
const PAGE = "chapter1-run/index.html";
const RUST = "chapter1/hello";
const PYTHON = "chapter1/hello.py";
const STUDIED = { page: "chapter2-output-and-errors/the-65537th-byte.html", name: "chapter2/both_streams" };
const NEEDS = "needs Rust and the book's source";

const browser = await Browser.start();
let server;

before(async () => {
  assert.ok(FOLDER, "cargo test --workspace --test browser unpacks an archive, and names it by ARCHIVE");
  assert.equal(openbook, path.join(FOLDER, "open"));
  server = await Server.start(FOLDER);
});
after(() => server?.stop());

async function open(t, page, options) {
  const opened = await browser.page(t, options);
  await opened.goto(server.address(page));
  return opened;
}

test("listings in Rust and in Python run, and are as recorded", async (t) => {
  const page = await open(t, PAGE);
  for (const name of [RUST, PYTHON]) {
    const listing = new Listing(page, name);
    await listing.run.click();
    await listing.is("ended");
    assert.match(await listing.state.textContent(), /^exit status 0 · .* · as recorded$/);
  }
});

/** What does not work here looks so, and can be reached by keyboard all the same. */
async function isDimmed(button, run) {
  assert.equal(await button.getAttribute("aria-disabled"), "true");
  assert.equal(await button.getAttribute("title"), NEEDS);
  await button.focus();
  assert.ok(await button.evaluate((it) => it === document.activeElement));
  const [own, other] = await Promise.all([button, run].map((it) => it.evaluate((it) => getComputedStyle(it).borderTopStyle)));
  assert.deepEqual([own, other], ["dashed", "solid"]);
}

test("Edit of a listing in Rust says what it needs, and one in Python is edited", async (t) => {
  const page = await open(t, PAGE);
  const rust = new Editor(page, RUST);
  await isDimmed(rust.edit, rust.listing.run);
  await page.keyboard.press("Enter");
  await rust.listing.ends(`Edit ${NEEDS}`);
  assert.match(await rust.listing.heard.textContent(), RegExp(`^Listing 1-1: Edit ${NEEDS}: `));
  const link = rust.listing.state.getByRole("link", { name: "introduction" });
  assert.match(await link.evaluate((it) => it.href), /\/introduction\.html#how-the-book-runs$/);
  assert.equal(await page.locator(".editor").count(), 0);
  const python = new Editor(page, PYTHON);
  assert.equal(await python.edit.getAttribute("aria-disabled"), null);
  await python.open();
  assert.equal(await page.locator(".editor").count(), 1);
});

test("where no file can be written, the introduction says what keeps the answers", async (t) => {
  const taken = mkdtempSync(path.join(tmpdir(), "taken-"));
  t.after(() => rmSync(taken, { recursive: true }));
  const file = path.join(taken, "file");
  writeFileSync(file, "");
  const readOnly = await Server.start(FOLDER, { BOOK_PROGRESS: path.join(file, "progress.txt") });
  const page = await browser.page(t, { allowed: [/500/] });
  t.after(() => readOnly.stop());
  const said = page.locator(".progress .unkept");
  await page.goto(readOnly.address("introduction.html"));
  // The server has answered.
  await page.waitForFunction(() => localStorage.getItem("progress shared"));
  assert.equal(await said.textContent(), "");
  // That this page was read is what is to be kept.
  await page.goto(readOnly.address(PAGE));
  await page.goto(readOnly.address("introduction.html"));
  await said.filter({ hasText: "Only this browser keeps it: " }).waitFor();
  assert.match(await said.textContent(), /file cannot be written/);
  await page.getByText("Go on: ").waitFor();
  await page.locator(".progress input").setInputFiles({ name: "progress.txt", mimeType: "text/plain", buffer: Buffer.from("hello\n") });
  await page.getByText("There is no line of progress in it.").waitFor();
  assert.match(await said.textContent(), /file cannot be written/);
});

test("without a token an exercise says no more than what it needs", async (t) => {
  const page = await browser.page(t);
  await page.goto(server.address(STUDIED.page, ""));
  const { figure } = new Exercise(page, STUDIED.name).listing;
  assert.equal(await figure.locator(".hint").textContent(), "Check and Edit need Rust and the book's source: how");
});

for (const [theme, width] of [["light", 1100], ["navy", 360]]) {
  test(`an exercise says what it needs, and nothing sticks out: ${theme}, ${width} px`, async (t) => {
    const page = await open(t, STUDIED.page, { theme, viewport: { width, height: 900 } });
    const exercise = new Exercise(page, STUDIED.name);
    const { figure } = exercise.listing;
    await isDimmed(exercise.check, figure.page().locator(".play:not([aria-disabled])").first());
    await isDimmed(exercise.edit, figure.page().locator(".play:not([aria-disabled])").first());
    await figure.screenshot({ path: screenshot(`archive-dimmed-${theme}-${width}`) });
    await figure.getByText(`Check and Edit need Rust and the book's source: how`).waitFor();
    await exercise.edit.click({ force: true });
    await exercise.listing.ends(`Edit ${NEEDS}`);
    await exercise.check.click({ force: true });
    await exercise.listing.ends(`Check ${NEEDS}`);
    assert.equal(await page.locator(".editor").count(), 0);
    await figure.screenshot({ path: screenshot(`archive-exercise-${theme}-${width}`) });
    assert.ok(await staysWithin(page));
    assert.deepEqual(await barriers(page), []);
  });
}
