// On a phone: what a thumb presses, code and drawings that show that there is more of
// them, and labels of drawings that can be read.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { screenshot, staticBook } from "./book.js";
import { Browser, Editor, staysWithin } from "./browser.js";
import { Stage } from "./stage.js";

const PAGE = "chapter1-run/index.html";
const NAME = "chapter1/uncaptured";
const EXERCISED = "chapter1-run/there-is-no-shell.html";

const folder = staticBook();
const browser = await Browser.start();

async function open(t, options, at = PAGE) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  await page.goto(stage.address(at));
  return { stage, page };
}

const PHONE = { viewport: { width: 360, height: 800 } };
const TABLET = { viewport: { width: 1100, height: 800 }, hasTouch: true, isMobile: true };

for (const [name, device, least] of [["phone", PHONE, 40], ["tablet", TABLET, 40], ["desk", {}, 28]]) {
  test(`buttons of ${least} px: ${name}`, async (t) => {
    const { page } = await open(t, device);
    const editor = new Editor(page, NAME);
    await editor.open();
    await page.locator("aside.predict .look").first().click();
    const buttons = page.locator("main button:visible:not(pre button), main [pattern]:visible");
    const low = await buttons.evaluateAll((all, least) =>
      all.filter((one) => one.getBoundingClientRect().height < least).map((one) => one.outerHTML), least);
    assert.deepEqual(low, []);
    assert.ok((await buttons.count()) > 12);
    assert.ok(await staysWithin(page));
    await page.locator("aside.predict").first().evaluate((part) => part.scrollIntoView());
    await page.screenshot({ path: screenshot(`touch-${name}`) });
  });
}

for (const [name, device] of [["phone", PHONE], ["tablet", TABLET]]) {
  test(`a hint is opened by a thumb: ${name}`, async (t) => {
    const { page } = await open(t, device, EXERCISED);
    const { height } = await page.locator(".exercise summary").first().boundingBox();
    assert.ok(Math.round(height) >= 40, `${height}`);
  });
}

test("no button below a listing sticks out of a small phone", async (t) => {
  const { page } = await open(t, { viewport: { width: 320, height: 800 } });
  await page.locator(".controls .edit").first().waitFor();
  const outside = await page.locator(".controls button").evaluateAll((all) =>
    all.filter((it) => it.getBoundingClientRect().right > it.closest("figure").getBoundingClientRect().right).map((it) => it.textContent));
  assert.deepEqual(outside, []);
});

test("code that is wider than the phone shows it, until its end is in sight", async (t) => {
  const { page } = await open(t, PHONE);
  const code = page.locator(`figure[data-listing="${NAME}"] > pre > code`);
  const shade = () => code.evaluate((box) => getComputedStyle(box).backgroundImage);
  await code.and(page.locator(".more")).waitFor();
  assert.match(await shade(), /gradient/);
  await code.scrollIntoViewIfNeeded();
  await page.screenshot({ path: screenshot("touch-more") });
  await code.evaluate((box) => (box.scrollLeft = box.scrollWidth));
  await page.locator(`figure[data-listing="${NAME}"] > pre > code:not(.more)`).waitFor();
  assert.equal(await shade(), "none");
  await code.evaluate((box) => (box.scrollLeft = 0));
  await code.and(page.locator(".more")).waitFor();
  await page.setViewportSize({ width: 1400, height: 800 });
  await page.locator(`figure[data-listing="${NAME}"] > pre > code:not(.more)`).waitFor();
});

/** The pages with a drawing; `print.html` has them all again. */
const drawn = () => readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
  /^(?!index|print).*[.]html$/.test(file) && readFileSync(path.join(folder, file), "utf8").includes('<figure class="diagram"')).sort();

/** Each drawing of a page: its smallest label in px, and whether there is more of it than shows. */
const drawings = (page) => page.locator("figure.diagram").evaluateAll((figures) => figures.map((figure) => {
  const labels = [...figure.querySelectorAll("svg text, svg tspan")].filter((label) => label.textContent.trim());
  const sizes = labels.map((label) => {
    const { a, b } = label.getScreenCTM();
    return parseFloat(getComputedStyle(label).fontSize) * Math.hypot(a, b);
  });
  const scrolls = figure.scrollWidth > figure.clientWidth + 2;
  const { overflowX, backgroundImage } = getComputedStyle(figure);
  const says = overflowX === "auto" && figure.matches(".more[tabindex='0']") && backgroundImage !== "none";
  return { name: figure.querySelector("title").id, least: Math.min(...sizes), scrolls, says };
}));

test("the labels of every drawing can be read on a phone, and what is wider shows it", async (t) => {
  const { page, stage } = await open(t, PHONE);
  // The map has labels of its own where something was done.
  stage.progress = { "exercise chapter0/resident": "passed" };
  await page.reload();
  let scrolling = 0;
  const pages = drawn();
  for (const address of pages) {
    await page.goto(stage.address(address));
    // A drawing of what a listing said is folded with it.
    await page.addStyleTag({ content: "[data-artifact] { display: block !important }" });
    if (address === "introduction.html") await page.locator("svg text.mark:not(:empty)").waitFor();
    // What scrolls is found when it has its size.
    await page.waitForFunction(() => [...document.querySelectorAll("figure.diagram")].every((figure) => figure.matches("[tabindex]")));
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
    for (const { name, least, scrolls, says } of await drawings(page)) {
      assert.ok(least >= 10.99, `${address}: ${name} has a label of ${least} px`);
      assert.equal(says, scrolls, `${address}: ${name} shows what it has`);
      scrolling += Number(scrolls);
    }
    assert.ok(await staysWithin(page), address);
  }
  assert.ok(pages.length > 15 && scrolling > 10, `${pages.length} pages, ${scrolling} scroll`);
  const map = page.locator("figure.diagram").first();
  await map.evaluate((figure) => (figure.scrollLeft = figure.scrollWidth));
  await map.and(page.locator(":not(.more)")).waitFor();
});
