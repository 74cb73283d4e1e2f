// On a phone: what a thumb presses, and code that shows that there is more of it.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { screenshot, staticBook } from "./book.js";
import { Browser, Editor, staysWithin } from "./browser.js";
import { Stage } from "./stage.js";

const PAGE = "chapter1-run/index.html";
const NAME = "chapter1/uncaptured";

let browser;
let folder;

before(async () => {
  folder = staticBook();
  browser = await Browser.start();
});
after(() => browser.close());

async function open(t, options) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  await page.goto(stage.address(PAGE));
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
