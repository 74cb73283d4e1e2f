// A question before a listing: answered, looked at, kept and asked again.

import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { screenshot, staticBook } from "./book.js";
import { barriers, Browser, Listing, Question, staysWithin, watch } from "./browser.js";
import { Stage } from "./stage.js";

const PAGE = "chapter1-run/index.html";
/** Its second option is right. */
const NAME = "chapter1/uncaptured";
const OTHER = "chapter1/popen.py";
const [RIGHT, WRONG] = [1, 0];

const folder = staticBook();
const browser = await Browser.start();

async function open(t, { fragment, isLive = true, ...options } = {}) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  stage.isLive = isLive;
  await page.goto(stage.address(PAGE, fragment));
  return { stage, page, question: new Question(page, NAME), listing: new Listing(page, NAME) };
}

/** The output is not there to be read, and the command is. */
async function isFolded(listing) {
  assert.equal(await listing.recorded.locator(".run").first().isVisible(), false);
  assert.ok(await listing.recorded.locator(".command").isVisible());
  assert.ok(await listing.unfold.isVisible());
}

async function isUnfolded(listing) {
  assert.ok(await listing.recorded.locator(".run").first().isVisible());
  assert.equal(await listing.unfold.isVisible(), false);
}

async function isAsked(question) {
  assert.ok(await question.check.isVisible());
  assert.equal(await question.answer.isVisible(), false);
  assert.equal(await question.part.locator("input:checked").count(), 0);
  assert.ok(await question.options.first().isEnabled());
}

test("the right option", async (t) => {
  const { question, listing } = await open(t);
  await isAsked(question);
  await isFolded(listing);
  await question.options.nth(RIGHT).check();
  await isFolded(listing);
  await question.check.click();
  await question.says("Right.");
  assert.equal(await question.check.isVisible(), false);
  await isUnfolded(listing);
  assert.ok(await question.options.nth(RIGHT).isChecked());
  assert.ok(await question.options.nth(WRONG).isDisabled());
});

test("a wrong option, and for each what would have to be true", async (t) => {
  const { question, listing } = await open(t);
  await question.options.nth(WRONG).check();
  const before = await question.options.first().boundingBox();
  await question.check.click();
  await question.says("Wrong.");
  assert.equal((await question.options.first().boundingBox()).y, before.y);
  for (const text of ["B. An empty text", /^Not A\. \w+/, /^Not C\. \w+/]) {
    assert.ok(await question.answer.getByText(text).isVisible(), text);
  }
  await isUnfolded(listing);
});

test("nothing is checked before an option is chosen", async (t) => {
  const { question, listing } = await open(t);
  await question.check.click();
  assert.ok(await question.options.first().evaluate((option) => option === document.activeElement));
  await isAsked(question);
  await isFolded(listing);
});

test("who only looks sees it all", async (t) => {
  const { page, question, listing } = await open(t);
  await question.look.click();
  await question.says("Looked at.");
  assert.ok(await question.answer.getByText("Not A.").isVisible());
  await isUnfolded(listing);
  await isFolded(new Listing(page, OTHER));
  await isAsked(new Question(page, OTHER));
});

for (const width of [1100, 360]) test(`who runs it first has looked, and nothing jumps, ${width} px`, async (t) => {
  const { stage, question, listing } = await open(t, { viewport: { width, height: 900 } });
  const top = async () => (await listing.figure.boundingBox()).y;
  await listing.run.scrollIntoViewIfNeeded();
  const before = await top();
  await listing.run.click();
  const run = await stage.run();
  run.send({ kind: "waiting", ahead: 1 });
  await listing.is("waiting");
  await isAsked(question);
  run.started();
  run.stdout("said by the run\n");
  await listing.says("said by the run");
  await question.says("Looked at.");
  assert.ok(await listing.screen.getByText("said by the run").isVisible());
  assert.equal(await question.answer.getByText("Not A.").isVisible(), false);
  assert.equal(await top(), before);
  run.end();
  await listing.is("ended");
  assert.equal(await top(), before);
});

test("a run that says nothing is no look", async (t) => {
  const { stage, question, listing } = await open(t, { allowed: [/404/] });
  stage.refusal = [404, "there is no listing"];
  await listing.run.click();
  await listing.is("failed");
  await isAsked(question);
});

test("who runs it after the answer keeps the answer", async (t) => {
  const { stage, question, listing } = await open(t);
  await question.options.nth(RIGHT).check();
  await question.check.click();
  await listing.run.click();
  const run = await stage.run();
  run.started();
  run.end();
  await listing.is("ended");
  await question.says("Right.");
});

for (const how of ["Run", "Just show me", "Show the output"]) {
  test(`who has looked, by ${how}, can still answer, and is counted apart until then`, async (t) => {
    const { stage, page, question, listing } = await open(t);
    const counts = (words) => page.locator(".predictions").getByRole("status").filter({ hasText: words }).waitFor();
    await new Question(page, OTHER).options.first().check();
    await new Question(page, OTHER).check.click();
    await counts("1 of 3 predicted.");
    if (how === "Run") {
      await listing.run.click();
      const run = await stage.run();
      run.started();
      run.end();
      await listing.is("ended");
    } else {
      await (how === "Just show me" ? question.look : listing.unfold).click();
    }
    await question.says("Looked at.");
    if (how !== "Run") await isUnfolded(listing);
    await counts("1 of 3 predicted, 1 looked at.");
    await page.reload();
    await question.says("Looked at.");
    await question.options.nth(RIGHT).check();
    await question.check.click();
    await question.says("✓ Right.");
    await counts("2 of 3 predicted.");
  });
}

test("one question is asked again, and only it", async (t) => {
  const { page, question, listing } = await open(t);
  const other = new Question(page, OTHER);
  await other.look.click();
  await question.options.nth(WRONG).check();
  await question.check.click();
  await question.says("✗ Wrong.");
  await question.again.click();
  await isAsked(question);
  await isFolded(listing);
  assert.ok(await question.options.first().evaluate((option) => option === document.activeElement));
  await other.says("Looked at.");
  await page.reload();
  await isAsked(question);
  await other.says("Looked at.");
  await other.again.click();
  await isAsked(other);
});

test("right and wrong: a mark, a colour, and words at the option that was chosen", async (t) => {
  const { page, question } = await open(t);
  const marks = () => question.part.locator("label").evaluateAll((all) =>
    all.map((label) => [getComputedStyle(label, "::after").content, getComputedStyle(label).outlineStyle]));
  const colour = () => question.answer.locator("summary > strong").evaluate((verdict) => getComputedStyle(verdict).color);
  await question.options.nth(WRONG).check();
  assert.deepEqual(new Set((await marks()).flat()), new Set(["none"]));
  await question.check.click();
  await question.says("✗ Wrong.");
  assert.deepEqual(await marks(), [['"✗ yours"', "solid"], ['"✓"', "none"], ["none", "none"]]);
  const wrong = await colour();
  await question.again.click();
  await question.options.nth(RIGHT).check();
  await question.check.click();
  await question.says("✓ Right.");
  assert.deepEqual(await marks(), [["none", "none"], ['"✓ yours"', "solid"], ["none", "none"]]);
  assert.notEqual(await colour(), wrong);
  await page.reload();
  assert.deepEqual((await marks())[RIGHT], ['"✓ yours"', "solid"]);
});

test("what is ticked and not checked survives a look", async (t) => {
  const { question, listing } = await open(t);
  await question.options.nth(RIGHT).check();
  await listing.unfold.click();
  await question.says("Looked at.");
  await question.check.click();
  await question.says("✓ Right.");
});

test("a static host: a replay is a look", async (t) => {
  const { question, listing } = await open(t, { isLive: false, fragment: "" });
  await isFolded(listing);
  await listing.replay.click();
  await question.says("Looked at.");
  await listing.is("ready");
  await isUnfolded(listing);
});

test("what the recorded run drew is folded with its output", async (t) => {
  const { stage, page } = await open(t);
  await page.goto(stage.address("chapter8-many-cooks/what-a-byte-costs.html"));
  const [first, second] = ["chapter8/chunk_sizes", "chapter8/pipe_sizes"].map((name) => ({
    question: new Question(page, name),
    plot: page.locator(`figure[data-listing="${name}"] + figure`),
  }));
  assert.equal(await first.plot.isVisible(), false);
  await first.question.look.click();
  await first.plot.waitFor();
  assert.equal(await second.plot.isVisible(), false);
});

test("a reload shows what was answered, where the page was", async (t) => {
  const { page, question, listing } = await open(t);
  await question.options.nth(WRONG).check();
  await question.check.click();
  await new Question(page, OTHER).look.click();
  await listing.run.scrollIntoViewIfNeeded();
  const place = () => listing.figure.boundingBox();
  const before = await place();
  await page.reload();
  await question.says("Wrong.");
  await new Question(page, OTHER).says("Looked at.");
  assert.ok(await question.options.nth(WRONG).isChecked());
  assert.ok(await question.answer.getByText("Not A.").isVisible());
  await isUnfolded(listing);
  await page.waitForFunction(() => scrollY > 0);
  assert.ok(Math.abs((await place()).y - before.y) < 8);
});

test("a page asks again, and only it", async (t) => {
  const { stage, page, question, listing } = await open(t);
  await question.look.click();
  const next = stage.address("chapter1-run/when-it-fails.html");
  await page.goto(next);
  const elsewhere = new Question(page, await page.locator("aside.predict").first().getAttribute("data-listing"));
  await elsewhere.look.click();
  await page.goto(stage.address(PAGE));
  await question.says("Looked at.");
  const these = page.getByRole("button", { name: "Ask these again" });
  await these.scrollIntoViewIfNeeded();
  const before = await these.boundingBox();
  await these.click();
  await isAsked(question);
  await isFolded(listing);
  assert.ok(await these.evaluate((button) => button === document.activeElement));
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
  assert.ok(Math.abs((await these.boundingBox()).y - before.y) < 8, "what is read stays where it is");
  await page.getByRole("status").getByText("Asked again. 0 of 3 predicted.").waitFor();
  await page.reload();
  await isAsked(question);
  await page.goto(next);
  await elsewhere.says("Looked at.");
});

test("the whole book asks again, if that is meant", async (t) => {
  const { stage, page, question } = await open(t);
  await question.look.click();
  await page.goto(stage.address("chapter1-run/when-it-fails.html"));
  const all = page.getByRole("button", { name: "Ask all of the book again" });
  page.once("dialog", (dialog) => dialog.dismiss());
  await all.click();
  await page.goto(stage.address(PAGE));
  await question.says("Looked at.");
  await page.goto(stage.address("chapter1-run/when-it-fails.html"));
  page.once("dialog", (dialog) => dialog.accept());
  await all.click();
  await page.goto(stage.address(PAGE));
  await isAsked(question);
  assert.equal(await page.evaluate(() => localStorage.getItem("mdbook-theme")), "light");
});

test("a question that has changed is asked anew", async (t) => {
  const { page, question, listing } = await open(t);
  await question.options.nth(RIGHT).check();
  await question.check.click();
  await new Question(page, OTHER).look.click();
  const version = await question.part.getAttribute("data-version");
  await page.route(/index\.html/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(`data-version="${version}"`, 'data-version="another"');
    await route.fulfill({ response, body });
  });
  await page.reload();
  await new Question(page, OTHER).says("Looked at.");
  await isAsked(question);
  await isFolded(listing);
});

test("by keyboard alone", async (t) => {
  const { page, question, listing } = await open(t);
  const focused = () => page.evaluate(() => document.activeElement?.textContent.trim());
  await question.options.first().focus();
  await page.keyboard.press("Space");
  // mdBook turns the page on an arrow, elsewhere.
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowUp");
  assert.ok(page.url().endsWith(PAGE));
  assert.ok(await question.options.nth(1).isChecked());
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Check");
  await page.keyboard.press("Tab");
  assert.equal(await focused(), "Just show me");
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await question.says("Right.");
  assert.equal(await focused(), "✓ Right. Answer");
  await page.keyboard.press("Shift+Tab");
  assert.equal(await focused(), "Ask again");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  assert.match(await focused(), /^Listing 1-/);
  await isUnfolded(listing);
  const other = new Question(page, OTHER);
  await other.options.first().focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await other.says("Wrong.");
});

test("what is heard: the question with its options, and the verdict", async (t) => {
  const { page, question } = await open(t);
  const group = page.getByRole("group", { name: /^The same echo runs twice/ });
  assert.equal(await group.getByRole("radio").count(), 3);
  await group.getByRole("radio", { name: 'An empty text: "".' }).check();
  await question.check.click();
  await page.getByRole("status").getByText("Listing 1-3: ✓ Right. 1 of 3 predicted.").waitFor();
});

test("two tabs have one memory", async (t) => {
  const { stage, page, question, listing } = await open(t);
  const tab = await page.context().newPage();
  const complaints = watch(tab);
  await tab.goto(stage.address(PAGE));
  await new Question(tab, OTHER).options.first().check();
  await question.options.nth(WRONG).check();
  await question.check.click();
  await new Question(tab, NAME).says("Wrong.");
  await isUnfolded(new Listing(tab, NAME));
  assert.ok(await new Question(tab, OTHER).options.first().isChecked(), "what is not yet committed stays");
  await tab.getByRole("button", { name: "Ask these again" }).click();
  await question.check.waitFor();
  await isAsked(question);
  await isFolded(listing);
  assert.deepEqual(complaints, []);
});

test("a browser that keeps nothing", async (t) => {
  const page = await browser.page(t, { allowed: [/^request: file:/] });
  await page.addInitScript(() => {
    Object.defineProperty(Storage.prototype, "setItem", { value: () => { throw new Error("full"); } });
  });
  await page.goto(pathToFileURL(path.join(folder, PAGE)).href);
  const question = new Question(page, NAME);
  await question.look.click();
  await question.says("Looked at.");
  await page.getByRole("button", { name: "Ask these again" }).click();
  await isAsked(question);
});

for (const [theme, width] of [["light", 1100], ["light", 360], ["navy", 1100], ["navy", 360], ["coal", 360], ["rust", 360], ["ayu", 360]]) {
  test(`${theme}, ${width} px: nothing sticks out, and nobody is kept out`, async (t) => {
    const { page, question } = await open(t, { theme, viewport: { width, height: 900 } });
    const other = new Question(page, OTHER);
    const picture = async (name) => {
      assert.ok(await staysWithin(page));
      assert.deepEqual(await barriers(page), []);
      await question.part.evaluate((part) => part.scrollIntoView());
      await page.screenshot({ path: screenshot(`predict-${theme}-${width}-${name}`) });
    };
    await question.options.nth(WRONG).check();
    await picture("asked");
    await question.check.click();
    await other.look.click();
    await picture("answered");
  });
}

for (const width of [1100, 360]) {
  test(`the form takes no more room than was kept for it, ${width} px`, async (t) => {
    const viewport = { width, height: 900 };
    const tops = (page) =>
      page.locator("figure.listing, h2").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
    const { page } = await open(t, { viewport });
    const without = await open(t, { viewport });
    await without.page.route(/predict-[0-9a-f]+\.js/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
    await without.page.reload();
    const [some, others] = [await tops(page), await tops(without.page)];
    some.forEach((top, at) => assert.ok(Math.abs(top - others[at]) < 2, `${at}: ${top} and ${others[at]}`));
  });
}

test("on paper: the question, its options and the output, and all answers at the end", async (t) => {
  const { page, question, listing } = await open(t);
  await new Question(page, OTHER).look.click();
  await page.emulateMedia({ media: "print" });
  for (const name of [NAME, OTHER]) {
    const { part } = new Question(page, name);
    assert.ok(await part.locator("li").first().isVisible());
    assert.equal(await part.locator("button:visible, input:visible, details:visible").count(), 0);
    await isUnfolded(new Listing(page, name));
  }
  assert.equal(await page.locator(".predictions").isVisible(), false);
  const answers = page.locator("main > .answers");
  const told = await answers.innerText();
  for (const text of [/Listing 1-3/, /B\. An empty text/, /Not A\. \w+/, /Listing 1-4/]) assert.match(told, text);
  const end = (part) => part.evaluate((part) => part.getBoundingClientRect().bottom);
  assert.ok((await end(answers)) > (await end(page.locator("main > :not(.answers)").last())));
  for (const whole of [".listing .output", "aside.predict"]) {
    assert.equal(await page.locator(whole).first().evaluate((part) => getComputedStyle(part).breakInside), "avoid", whole);
  }
  await answers.scrollIntoViewIfNeeded();
  await page.screenshot({ path: screenshot("predict-print-answers") });
  await question.part.evaluate((part) => part.scrollIntoView());
  await page.screenshot({ path: screenshot("predict-print") });
  assert.ok(await listing.recorded.isVisible());
});

test("without JavaScript a folded answer, the output, and no dead control", async (t) => {
  const page = await browser.page(t, { javaScriptEnabled: false, allowed: [/^request: file:/] });
  await page.goto(pathToFileURL(path.join(folder, PAGE)).href);
  const question = new Question(page, NAME);
  const listing = new Listing(page, NAME);
  assert.equal(await question.part.locator("button, input, form").count(), 0);
  await isUnfolded(listing);
  const ground = await listing.terminal.evaluate((box) => getComputedStyle(box).backgroundColor);
  assert.equal(ground, "rgba(0, 0, 0, 0)", "it is the page's, as the colour of the text is");
  assert.equal(await question.answer.getByText("Not A.").isVisible(), false);
  await question.answer.getByText("Answer").click();
  assert.ok(await question.answer.getByText("Not A.").isVisible());
  await question.part.evaluate((part) => part.scrollIntoView());
  await page.screenshot({ path: screenshot("predict-no-script") });
});
