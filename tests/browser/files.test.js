// The static book as it is taken along: unpacked, and opened without a server.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { openbook, root, screenshot, staticBook } from "./book.js";
import { Browser, Listing, Question, WhichArrow, XRay } from "./browser.js";

const PAGE = "pages/chapter2-output-and-errors/the-65537th-byte.html";
const NAME = "chapter2/full_pipe";
const SLOW = { page: "chapter4-stderr/index.html", name: "chapter4/runs_and_starts" };

const book = staticBook();
const browser = await Browser.start();
let outer;
let folder;

before(() => {
  // Others read that book meanwhile.
  const rendered = () => statSync(path.join(book, "index.html")).mtimeMs;
  const was = rendered();
  const printed = execFileSync(openbook, ["export", "pages"], { cwd: root, encoding: "utf8" });
  assert.equal(rendered(), was);
  outer = mkdtempSync(path.join(tmpdir(), "files-"));
  execFileSync("tar", ["-xJf", path.resolve(root, printed.trim())], { cwd: outer });
  const unpacked = readdirSync(outer);
  assert.equal(unpacked.length, 1, `${unpacked}`);
  folder = path.join(outer, unpacked[0]);
});
after(() => {
  if (outer) rmSync(outer, { recursive: true });
});

/** The page complains of nothing, and asks for nothing but files. */
async function open(t, address, options) {
  const page = await browser.page(t, { allowed: [/^request: file:/], ...options });
  await page.goto(pathToFileURL(path.join(folder, address)).href);
  return page;
}

test("index.html leads to the first page, and that to the next", async (t) => {
  const page = await open(t, "index.html");
  await page.waitForURL("**/pages/index.html");
  await page.getByRole("heading", { name: "Introduction", level: 1 }).waitFor();
  await page.getByRole("link", { name: "Next chapter" }).first().click();
  await page.waitForURL("**/chapter0-kitchen/index.html");
  await page.locator("#mdbook-sidebar").getByRole("link", { name: "Pipes", exact: true }).click();
  await page.waitForURL("**/chapter5-pipes/index.html");
});

test("a recording is replayed, in its time", async (t) => {
  const page = await open(t, `pages/${SLOW.page}`);
  const listing = new Listing(page, SLOW.name);
  // Nothing here can run it.
  assert.equal(await listing.run.count(), 0);
  await listing.replay.click();
  await listing.is("replaying");
  await listing.says("begins");
  await listing.is("ready");
});

test("a question is answered, and the answer is kept", async (t) => {
  const page = await open(t, PAGE);
  const question = new Question(page, NAME);
  await question.options.first().check();
  await question.check.click();
  await question.answer.waitFor();
  await page.reload();
  await question.again.waitFor();
});

test("an X-ray is opened, and stepped through", async (t) => {
  const page = await open(t, PAGE);
  await new Question(page, NAME).look.click();
  const xray = new XRay(page.locator(`figure.xray[data-xray="${NAME}"]`));
  await xray.open.click();
  await xray.says("Deadlock");
  await page.keyboard.press("Home");
  await page.screenshot({ path: screenshot("files-xray") });
});

test("a question for an arrow has its picture", async (t) => {
  const page = await open(t, "pages/chapter5-pipes/who-holds-the-other-end.html");
  const question = new WhichArrow(page, "chapter5/grandchild");
  await question.ready();
});

test("the search finds a page, and leads to it", async (t) => {
  const page = await open(t, "pages/introduction.html");
  await page.keyboard.press("/");
  await page.waitForFunction(() => globalThis.search?.index);
  await page.fill("#mdbook-searchbar", "zombie");
  await page.press("#mdbook-searchbar", "End");
  const result = page.locator("#mdbook-searchresults li > a").first();
  await result.click();
  // The box puts `?search=` into the address; only a result has `?highlight=`.
  await page.waitForURL(/[?&]highlight=/);
});

test("the theme is chosen, and kept from page to page", async (t) => {
  const page = await open(t, "pages/introduction.html");
  await page.evaluate(() => localStorage.setItem("mdbook-theme", "navy"));
  await page.goto(pathToFileURL(path.join(folder, PAGE)).href);
  await page.locator("html.navy").waitFor();
});
