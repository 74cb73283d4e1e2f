// What the keyboard does in a page beyond mdBook: where Tab begins, which arrows turn
// no page, and what is said of it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { screenshot, staticBook } from "./book.js";
import { Browser } from "./browser.js";
import { Stage } from "./stage.js";

const PAGE = "chapter5-pipes/index.html";

const folder = staticBook();
const browser = await Browser.start();

async function open(t, options) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  await page.goto(stage.address(PAGE));
  return { stage, page };
}

/** Where the focus is, by a selector around it. */
const isIn = (page, selector) => page.evaluate((selector) => !!document.activeElement.closest(selector), selector);

for (const [theme, width] of [["light", 1100], ["navy", 360]]) {
  test(`the first Tab leads past the sidebar, ${theme}, ${width} px`, async (t) => {
    const { page } = await open(t, { theme, viewport: { width, height: 900 } });
    const skip = page.getByRole("link", { name: "Skip to the text" });
    assert.ok((await skip.boundingBox()).y < -20, "it is out of sight");
    await page.keyboard.press("Tab");
    assert.ok(await skip.evaluate((link) => link === document.activeElement));
    assert.ok((await skip.boundingBox()).y >= 0, "and now in sight");
    await page.screenshot({ path: screenshot(`skip-${theme}-${width}`) });
    const address = page.url();
    await page.keyboard.press("Enter");
    assert.equal(page.url(), address);
    await page.keyboard.press("Tab");
    assert.ok(await isIn(page, "main"));
  });
}

test("arrows turn no page while the focus is in code, an output, a question or an X-ray", async (t) => {
  const { stage, page } = await open(t);
  // An X-ray cannot be opened before its question is answered.
  stage.remake = (html) => html.replaceAll(" data-asked", "");
  await page.reload();
  const address = page.url();
  const places = [
    "figure.listing > pre > code",
    "figure.listing .terminal",
    "figure.listing .controls button",
    "aside.predict .look",
    "aside.predict input",
    "figure[data-xray] figcaption button",
  ];
  for (const selector of places) {
    const place = page.locator(selector).first();
    assert.ok(await place.count(), selector);
    for (const key of ["ArrowRight", "ArrowLeft"]) {
      await place.focus();
      assert.ok(await place.evaluate((it) => it === document.activeElement), selector);
      await page.keyboard.press(key);
      // A page that is left is left before this is answered.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      assert.equal(page.url(), address, `${key} in ${selector}`);
    }
  }
  await page.locator("main").focus();
  await page.keyboard.press("ArrowRight");
  await page.waitForURL((url) => url.href !== address);
});

test("all keys stand under ?", async (t) => {
  const { page } = await open(t);
  await page.keyboard.press("?");
  const help = page.locator("#mdbook-help-popup");
  await help.waitFor();
  const text = await help.innerText();
  for (const key of ["Ctrl-Enter", "Ctrl-S", "Esc, then Tab", "Home", "turn no page", "to search"]) assert.ok(text.includes(key), `${key} in ${text}`);
  await page.screenshot({ path: screenshot("keys") });
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
});
