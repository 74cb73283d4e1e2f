// What the page looks like, and what it is on a static host, on paper and
// without the script. Pictures of it are for a person to look at.

import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { screenshot, staticBook } from "./book.js";
import { barriers, Browser, Listing, staysWithin } from "./browser.js";
import { loading, OURS, Stage } from "./stage.js";

const PAGE = "chapter1-run/index.html";
const NAME = "chapter1/hello";
const WIDTHS = { wide: 1100, narrow: 360 };

const folder = staticBook();
const browser = await Browser.start();

async function open(t, { fragment, isLive = true, reads = true, ...options } = {}) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  stage.isLive = isLive;
  if (reads) stage.reads.add(NAME);
  await page.goto(stage.address(PAGE, fragment));
  return { stage, page, listing: new Listing(page, NAME) };
}

async function picture(listing, name) {
  await listing.figure.scrollIntoViewIfNeeded();
  await listing.page.screenshot({ path: screenshot(name) });
}

for (const theme of ["light", "rust", "coal", "navy", "ayu"]) {
  for (const [width, pixels] of Object.entries(WIDTHS)) {
    test(`${theme}, ${width}: nothing sticks out, and nobody is kept out`, async (t) => {
      const viewport = { width: pixels, height: 900 };
      const { stage, page, listing } = await open(t, { theme, viewport });
      assert.ok(await staysWithin(page));
      await listing.run.click();
      const run = await stage.run();
      run.started();
      run.stdout("a line to stdout, which is long enough that it does not fit a narrow page at all\n");
      run.stderr("a line to stderr\n");
      await listing.says("a line to stderr");
      assert.ok(await staysWithin(page));
      await picture(listing, `${theme}-${width}-running`);
      run.send({ kind: "artifacts", files: [{ name: "tone.wav", bytes: 32044, type: "audio/wav", too_large: true }] });
      run.end(
        { kind: "exited", code: 3, seconds: 1.5 },
        { kind: "compared", verdict: "differs", differences: ["the exit status is 3, and was 0"] },
      );
      await listing.is("ended");
      assert.ok(await staysWithin(page));
      await picture(listing, `${theme}-${width}-ended`);
      assert.deepEqual(await barriers(page), []);
    });
  }
}

test("the controls take no more room than was kept for them", async (t) => {
  const place = (page) => page.locator("figure.listing").nth(1).boundingBox();
  const { page } = await open(t, { reads: false });
  const withScript = await place(page);
  const without = await open(t, { reads: false });
  await without.page.route(/player-[0-9a-f]+\.js/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
  await without.page.reload();
  const [one, other] = [withScript, await place(without.page)];
  assert.ok(Math.abs(one.y - other.y) < 8, `${one.y} and ${other.y}`);
});

test("a static host: replay, copy, and how to run it", async (t) => {
  const { page, listing } = await open(t, {
    isLive: false,
    fragment: "",
    permissions: ["clipboard-read", "clipboard-write"],
  });
  assert.equal(await listing.run.count(), 0);
  await listing.figure.getByText("start the book with cargo run").waitFor();
  await listing.replay.click();
  await listing.is("ready");
  await listing.copy.click();
  await listing.figure.getByRole("button", { name: "Copied" }).waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.equal(copied, "cargo run -p chapter1 -- hello");
  assert.deepEqual(await barriers(page), []);
  await picture(listing, "static");
});

test("a page of stock mdBook, which loads everything, asks for no server", async (t) => {
  const page = await browser.page(t);
  const stage = await Stage.open(t, folder);
  stage.isLive = false;
  stage.remake = (html) => loading(html, OURS);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(stage.address(PAGE, ""));
  await new Listing(page, NAME).replay.waitFor();
  const [files, rest] = [true, false].map((is) => asked.filter((it) => /\.(css|js|woff2|svg|png)$/.test(it) === is));
  for (const file of OURS) assert.ok(files.some((it) => it.replace(/-[0-9a-f]{8}\./, ".").endsWith(`/page/${file}`)), file);
  assert.deepEqual(rest, [`/${PAGE}`]);
});

test("a static host in a dark theme: nobody is kept out", async (t) => {
  const { page, listing } = await open(t, { isLive: false, fragment: "", theme: "navy" });
  await listing.figure.getByText("start the book with cargo run").waitFor();
  assert.deepEqual(await barriers(page), []);
});

test("on paper stands what was recorded", async (t) => {
  const { stage, page, listing } = await open(t);
  await listing.run.click();
  const run = await stage.run();
  run.started();
  run.stdout("another output\n");
  run.end();
  await listing.is("ended");
  await page.emulateMedia({ media: "print" });
  assert.ok(await listing.recorded.isVisible());
  assert.ok(await listing.figure.locator(".recorded").isVisible());
  assert.equal(await listing.screen.isVisible(), false);
  assert.equal(await listing.figure.locator("button:visible, input:visible").count(), 0);
  await page.screenshot({ path: screenshot("print") });
});

test("without JavaScript stands what was recorded, and no dead button", async (t) => {
  const page = await browser.page(t, { javaScriptEnabled: false, allowed: [/^request: file:/] });
  await page.goto(pathToFileURL(path.join(folder, PAGE)).href);
  const listing = new Listing(page, NAME);
  assert.ok(await listing.recorded.isVisible());
  assert.equal(await listing.figure.locator("button").count(), 0);
  assert.equal((await listing.figure.innerText()).includes('"kind"'), false);
});

test("calm for those who want it", async (t) => {
  const { stage, listing } = await open(t, { reducedMotion: "reduce" });
  await listing.run.click();
  const run = await stage.run();
  run.started();
  await listing.is("running");
  assert.match(await listing.figure.locator(".elapsed").textContent(), /^\d+ s /);
  run.end();
  await listing.is("ended");
});
