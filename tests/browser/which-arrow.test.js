// A question whose answer is an arrow in the picture of an X-ray.

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { screenshot, staticBook } from "./book.js";
import { barriers, Browser, Listing, Question, staysWithin, WhichArrow, XRay } from "./browser.js";
import { Stage } from "./stage.js";

/** Whom does `grandchild` wait for? For `sleep`. */
const GIVEN = { at: "chapter5-pipes/who-holds-the-other-end.html", name: "chapter5/grandchild" };
const [GRANDCHILD, SH, SLEEP, NOBODY] = [0, 1, 2, 3];
/** Who waits for whom? `whole_group` for `sleep`. Another question about the listing comes after it. */
const BOTH = { at: "chapter7-conversations/kill-and-whom-it-misses.html", name: "chapter7/whole_group" };
const GROUP = 0;

const folder = staticBook();
const browser = await Browser.start();

async function open(t, { at, name }, { ...options } = {}) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  await page.goto(stage.address(at));
  const question = new WhichArrow(page, name);
  await question.ready();
  return { stage, page, question, listing: new Listing(page, name), xray: new XRay(page.locator(`[data-xray="${name}"]`)) };
}

/** What is kept of the answer. */
const keeps = async ({ stage, question }, value) => stage.knows(await question.key(), value);

test("the picture has the boxes and their tree, and no arrow", async (t) => {
  const { question } = await open(t, GIVEN);
  assert.deepEqual(await question.picked.locator("b").allTextContents(), ["grandchild", "sh", "sleep"]);
  assert.deepEqual(await question.arrows(), []);
  assert.equal(await question.picture.locator(".branch").count(), 1);
  const heard = await question.picture.getAttribute("aria-label");
  assert.equal(heard, "There are: grandchild; sh, a child of grandchild, a zombie; sleep");
  const seen = await question.part.innerText();
  assert.doesNotMatch(seen, /waits until|waits for sleep|right|yours/);
});

test("by a click: the arrow follows, and is right", async (t) => {
  const opened = await open(t, GIVEN);
  const { page, question, listing } = opened;
  await question.box(SH).click();
  assert.deepEqual(await question.arrows(), [["mine", GRANDCHILD, SH, ""]]);
  await question.box(SLEEP).click();
  assert.deepEqual(await question.arrows(), [["mine", GRANDCHILD, SLEEP, ""]]);
  assert.ok(await question.options.nth(1).isChecked());
  await question.check.click();
  await question.says("Right.");
  assert.deepEqual(await question.arrows(), [["right", GRANDCHILD, SLEEP, "✓ right"]]);
  const text = await question.answer.innerText();
  assert.match(text, /grandchild waits for sleep\./);
  const rows = JSON.parse(await page.locator(`[data-xray="${GIVEN.name}"] script`).textContent());
  const { text: row } = rows.find(({ text }) => text.includes("sh is a zombie"));
  assert.ok(text.includes(`The X-ray says there: ${row}`), `no ${row} in ${text}`);
  assert.ok(await listing.recorded.locator(".run").first().isVisible());
  await keeps(opened, "1");
  await question.box(SH).click();
  assert.deepEqual(await question.arrows(), [["right", GRANDCHILD, SLEEP, "✓ right"]], "what was answered stays");
});

test("a wrong arrow stands beside the right one, by mark, word and stroke", async (t) => {
  const opened = await open(t, GIVEN);
  const { page, question } = opened;
  await question.box(SH).click();
  await question.check.click();
  await question.says("Wrong.");
  const both = [["right", GRANDCHILD, SLEEP, "✓ right"], ["wrong", GRANDCHILD, SH, "✗ yours"]];
  assert.deepEqual(await question.arrows(), both);
  const strokes = await question.picture.locator(".arrow").evaluateAll((all) => all.map((it) => getComputedStyle(it).borderBottomStyle));
  assert.deepEqual(strokes, ["solid", "dashed"]);
  const text = await question.answer.innerText();
  assert.match(text, /Not sh\./);
  assert.doesNotMatch(text, /Not nobody here/);
  await keeps(opened, "0");
  await page.reload();
  await question.ready();
  await question.says("Wrong.");
  await page.waitForFunction(() => document.querySelector(".arrow"));
  assert.deepEqual(await question.arrows(), both);
  await page.getByRole("button", { name: "Ask these again" }).click();
  assert.deepEqual(await question.arrows(), []);
});

test("nobody can be picked too, but not who is asked about", async (t) => {
  const { question } = await open(t, GIVEN);
  await question.box(GRANDCHILD).click();
  assert.deepEqual(await question.arrows(), []);
  await question.box(NOBODY).click();
  assert.deepEqual(await question.arrows(), [["mine", GRANDCHILD, NOBODY, ""]]);
});

test("who only looks sees the right arrow", async (t) => {
  const { question } = await open(t, GIVEN);
  await question.look.click();
  await question.says("Looked at.");
  assert.deepEqual(await question.arrows(), [["right", GRANDCHILD, SLEEP, "✓ right"]]);
});

test("by keyboard: the arrow follows the list", async (t) => {
  const { page, question } = await open(t, GIVEN);
  await question.options.first().focus();
  await page.keyboard.press("Space");
  assert.deepEqual(await question.arrows(), [["mine", GRANDCHILD, SH, ""]]);
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await question.arrows(), [["mine", GRANDCHILD, SLEEP, ""]]);
  assert.ok(page.url().endsWith(GIVEN.at));
  await page.keyboard.press("Enter");
  await question.says("Right.");
});

test("what is heard: the picture in words, and the names to choose from", async (t) => {
  const { page, question } = await open(t, GIVEN);
  const asked = await question.asked();
  assert.ok(asked.includes("?"), asked);
  const group = page.getByRole("group", { name: asked });
  await group.getByRole("img", { name: /^There are: grandchild; sh/ }).waitFor();
  assert.equal(await group.getByRole("radio").count(), 3);
  await group.getByRole("radio", { name: "sh, a zombie" }).check();
  await question.check.click();
  await page.getByRole("status").getByText(/^Listing 5-\d+: ✗ Wrong\./).waitFor();
});

test("the X-ray is closed until the arrow is picked or passed over", async (t) => {
  const picked = await open(t, GIVEN);
  assert.equal(await picked.xray.open.isDisabled(), true);
  await picked.question.box(SLEEP).click();
  assert.equal(await picked.xray.open.isDisabled(), true, "not yet answered");
  await picked.question.check.click();
  await picked.xray.open.click();
  await picked.xray.chosen.waitFor();
  const passed = await open(t, GIVEN);
  await passed.question.look.click();
  await passed.xray.open.click();
  await passed.xray.chosen.waitFor();
});

test("the X-ray is closed until a question of facts is answered or passed over", async (t) => {
  const { page, stage } = await open(t, GIVEN);
  await page.goto(stage.address("chapter2-output-and-errors/the-65537th-byte.html"));
  const xray = new XRay(page.locator('[data-xray="chapter2/full_pipe"]'));
  const question = new Question(page, "chapter2/full_pipe");
  assert.equal(await xray.open.isDisabled(), true);
  await question.options.first().check();
  assert.equal(await xray.open.isDisabled(), true);
  await question.check.click();
  await question.says(/Right|Wrong/);
  await xray.open.click();
  await xray.says("Deadlock");
});

test("on a static host the X-ray is closed as well", async (t) => {
  const page = await browser.page(t, { allowed: [/^request: file:/] });
  await page.goto(pathToFileURL(path.join(folder, GIVEN.at)).href);
  const xray = new XRay(page.locator(`[data-xray="${GIVEN.name}"]`));
  const beside = new Listing(page, GIVEN.name).figure.getByRole("button", { name: /^X-ray of/ });
  await beside.click();
  assert.equal(await xray.open.isDisabled(), true);
  assert.equal(await xray.view.count(), 0);
  await new WhichArrow(page, GIVEN.name).look.click();
  await beside.click();
  await xray.chosen.waitFor();
});

// ---- Both ends

test("by two clicks: the first is where it begins, and a third begins anew", async (t) => {
  const opened = await open(t, BOTH);
  const { question } = opened;
  await question.box(SH).click();
  assert.deepEqual(await question.arrows(), []);
  assert.ok(await question.box(SH).evaluate((box) => box.matches(".begin")));
  await question.box(SLEEP).click();
  assert.deepEqual(await question.arrows(), [["mine", SH, SLEEP, ""]]);
  await question.box(GROUP).click();
  assert.deepEqual(await question.arrows(), []);
  await question.box(SLEEP).click();
  await question.check.click();
  await question.says("Right.");
  assert.deepEqual(await question.arrows(), [["right", GROUP, SLEEP, "✓ right"]]);
  await keeps(opened, "0+5");
});

test("an arrow to the left is another than the one to the right", async (t) => {
  const { page, question } = await open(t, BOTH);
  await question.box(SLEEP).click();
  await question.box(SH).click();
  await question.check.click();
  await question.says("Wrong.");
  const both = [["right", GROUP, SLEEP, "✓ right"], ["wrong", SLEEP, SH, "✗ yours"]];
  assert.deepEqual(await question.arrows(), both);
  const text = await question.answer.innerText();
  assert.match(text, /Not sleep -> sh\./);
  assert.doesNotMatch(text, /Not sh -> sleep/);
  await page.reload();
  await question.ready();
  assert.deepEqual(await question.arrows(), both);
});

test("a second click on the same box is none: nobody waits for itself here", async (t) => {
  const { question } = await open(t, BOTH);
  await question.box(SH).click();
  await question.box(SH).click();
  assert.equal(await question.part.locator("input:checked").count(), 1);
  await question.box(GROUP).click();
  assert.deepEqual(await question.arrows(), [["mine", SH, GROUP, ""]]);
});

test("both ends are heard and asked for", async (t) => {
  const { page, question } = await open(t, BOTH);
  const who = question.part.getByRole("group", { name: "Who waits?", exact: true });
  const whom = question.part.getByRole("group", { name: "For whom?", exact: true });
  await who.getByRole("radio", { name: "whole_group" }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  assert.ok(await question.check.isVisible(), "one end is no arrow");
  await whom.getByRole("radio").first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  assert.deepEqual(await question.arrows(), [["mine", GROUP, SLEEP, ""]]);
  await page.keyboard.press("Enter");
  await question.says("Right.");
});

test("the X-ray is closed until each question about its listing is done", async (t) => {
  const { page, question, xray } = await open(t, BOTH);
  await question.look.click();
  await question.says("Looked at.");
  assert.equal(await xray.open.isDisabled(), true);
  await page.locator(`aside.predict:not(.which-arrow)[data-listing="${BOTH.name}"]`).getByRole("button", { name: /^Just show me/ }).click();
  await xray.open.click();
  await xray.chosen.waitFor();
});

// ---- On each screen

test("by touch on a phone: each box is large enough for a finger", async (t) => {
  const { page, question } = await open(t, GIVEN, { viewport: { width: 360, height: 800 }, hasTouch: true, isMobile: true });
  for (const box of await question.picked.all()) {
    const { width, height } = await box.boundingBox();
    assert.ok(width >= 44 && height >= 44, `${width} by ${height}`);
  }
  await question.box(SLEEP).tap();
  assert.deepEqual(await question.arrows(), [["mine", GRANDCHILD, SLEEP, ""]]);
  await question.check.tap();
  await question.says("Right.");
  assert.ok(await staysWithin(page));
});

test("an arrow's ends lie below its boxes", async (t) => {
  for (const width of [1100, 360]) {
    const { question } = await open(t, GIVEN, { viewport: { width, height: 900 } });
    await question.box(SLEEP).click();
    const middle = ({ x, width }) => x + width / 2;
    const arrow = await question.picture.locator(".arrow").boundingBox();
    const [from, to] = [await question.box(GRANDCHILD).boundingBox(), await question.box(SLEEP).boundingBox()];
    assert.ok(Math.abs(arrow.x - middle(from)) < 3, `${width}: begins at ${arrow.x}, below ${middle(from)}`);
    assert.ok(Math.abs(arrow.x + arrow.width - middle(to)) < 3, `${width}: ends at ${arrow.x + arrow.width}`);
    assert.ok(arrow.y + arrow.height > to.y + to.height);
  }
});

for (const width of [1100, 360]) {
  test(`nothing jumps as the scripts come, or the arrows, ${width} px`, async (t) => {
    const viewport = { width, height: 900 };
    const tops = (page) => page.locator("figure.listing, h2").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    const { page, question } = await open(t, GIVEN, { viewport });
    const without = await browser.page(t, { viewport });
    const stage = await Stage.open(t, folder);
    await without.route(/(predict-[0-9a-f]+|which-arrow)\.js/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    await without.goto(stage.address(GIVEN.at));
    const [some, others] = [await tops(page), await tops(without)];
    some.forEach((top, at) => assert.ok(Math.abs(top - others[at]) < 2, `${at}: ${top} and ${others[at]}`));
    const before = await question.picture.boundingBox();
    await question.box(SH).click();
    await question.check.click();
    assert.equal((await question.picture.boundingBox()).height, before.height);
  });
}

for (const [theme, width] of [["light", 1100], ["light", 360], ["navy", 1100], ["navy", 360], ["coal", 360], ["rust", 360], ["ayu", 360]]) {
  for (const which of [GIVEN, BOTH]) test(`${theme}, ${width} px, ${which.name}: nothing sticks out, and nobody is kept out`, async (t) => {
    const { page, question } = await open(t, which, { theme, viewport: { width, height: 900 } });
    const picture = async (state) => {
      assert.ok(await staysWithin(page));
      const wide = await question.picked.evaluateAll((all) => all.every((it) => it.scrollWidth <= it.clientWidth + 1));
      assert.ok(wide, "each name fits its box");
      assert.deepEqual(await barriers(page), []);
      await question.part.evaluate((part) => part.scrollIntoView());
      await page.screenshot({ path: screenshot(`which-arrow-${path.basename(which.name)}-${theme}-${width}-${state}`) });
    };
    if (which === BOTH) await question.box(SLEEP).click();
    await question.box(SH).click();
    await picture("asked");
    await question.check.click();
    await question.says("Wrong.");
    await picture("answered");
  });
}

test("without JavaScript the picture, the names, a folded answer, and no dead control", async (t) => {
  const page = await browser.page(t, { javaScriptEnabled: false, allowed: [/^request: file:/] });
  await page.goto(pathToFileURL(path.join(folder, GIVEN.at)).href);
  const question = new WhichArrow(page, GIVEN.name);
  assert.equal(await question.part.locator("button, input, form").count(), 0);
  assert.deepEqual(await question.picked.locator("b").allTextContents(), ["grandchild", "sh", "sleep"]);
  assert.ok(await question.picked.first().isVisible());
  assert.equal(await question.answer.getByText("grandchild waits for sleep.").isVisible(), false);
  await question.answer.getByText("Answer", { exact: true }).click();
  const text = await question.answer.innerText();
  for (const part of ["grandchild waits for sleep.", "The X-ray says there", "Not sh.", "Not nobody here."]) assert.ok(text.includes(part), text);
  await question.part.evaluate((part) => part.scrollIntoView());
  await page.screenshot({ path: screenshot("which-arrow-no-script") });
});

test("on paper the picture, its answer and every reason", async (t) => {
  const { page, question } = await open(t, GIVEN);
  await question.box(SLEEP).click();
  await question.check.click();
  await question.standsOnPaper();
  assert.ok(await question.picked.first().isVisible());
  assert.equal(await question.part.locator(".arrow:visible").count(), 0);
  await page.screenshot({ path: screenshot("which-arrow-print") });
});

test("from a folder, without any host", async (t) => {
  const page = await browser.page(t, { allowed: [/^request: file:/] });
  await page.goto(pathToFileURL(path.join(folder, GIVEN.at)).href);
  const question = new WhichArrow(page, GIVEN.name);
  await question.ready();
  await question.box(SLEEP).click();
  await question.check.click();
  await question.says("Right.");
});
