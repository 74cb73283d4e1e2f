// The book that was unpacked from an archive, where there is no Rust: listings run,
// and what needs Rust says so in its place.

import assert from "node:assert/strict";
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

/** The console notes each refusal. */
async function open(t, page, options) {
  const opened = await browser.page(t, { allowed: [/501/], ...options });
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

test("Edit of a listing in Rust says what it needs, and one in Python is edited", async (t) => {
  const page = await open(t, PAGE);
  const rust = new Editor(page, RUST);
  await rust.edit.click();
  await rust.listing.ends(NEEDS);
  assert.equal(await page.locator(".editor").count(), 0);
  const python = new Editor(page, PYTHON);
  await python.open();
  assert.equal(await page.locator(".editor").count(), 1);
});

for (const [theme, width] of [["light", 1100], ["navy", 360]]) {
  test(`an exercise says what it needs, and nothing sticks out: ${theme}, ${width} px`, async (t) => {
    const page = await open(t, STUDIED.page, { theme, viewport: { width, height: 900 } });
    const exercise = new Exercise(page, STUDIED.name);
    const { figure } = exercise.listing;
    await exercise.edit.click();
    await exercise.listing.ends(`An exercise ${NEEDS}`);
    await exercise.check.click();
    await exercise.listing.ends(`Check ${NEEDS}`);
    assert.equal(await page.locator(".editor").count(), 0);
    await figure.screenshot({ path: screenshot(`archive-exercise-${theme}-${width}`) });
    assert.ok(await staysWithin(page));
    assert.deepEqual(await barriers(page), []);
  });
}
