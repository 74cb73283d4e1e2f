// Questions of which several options hold, and those whose answer is typed.

import assert from "node:assert/strict";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { screenshot, staticBook } from "./book.js";
import { barriers, Browser, Listing, Question, staysWithin, watch } from "./browser.js";
import { Stage } from "./stage.js";

/** Of five options, the second and the fourth are right. */
const SEVERAL = { at: "chapter3-stdout/when-output-arrives.html", name: "chapter3/who_holds_back", kind: "several" };
/** 65536 bytes. */
const SHORT = { at: "chapter5-pipes/how-much-a-pipe-holds.html", name: "chapter5/one_read", kind: "short" };

const folder = staticBook();
const browser = await Browser.start();

async function open(t, { at, name }, { ...options } = {}) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  await page.goto(stage.address(at));
  return { stage, page, question: new Question(page, name), listing: new Listing(page, name) };
}

/** What is kept of the answer. */
const keeps = async ({ stage, question }, value) => stage.knows(await question.key(), value);

/** The verdict and the text of what is seen of the answer. */
const told = ({ answer }) => answer.innerText();

async function isAsked(question) {
  assert.ok(await question.check.isVisible());
  assert.equal(await question.answer.isVisible(), false);
  assert.ok(await question.part.locator("input").first().isEnabled());
}

// ---- Several

test("exactly the right ones", async (t) => {
  const opened = await open(t, SEVERAL);
  const { question, listing } = opened;
  await isAsked(question);
  await question.tick(1, 3);
  await question.says("Right.");
  const text = await told(question);
  for (const part of ["B. grep -h .", "D. awk 1", "It works line by line", "Not A.", "Not E."]) assert.ok(text.includes(part), text);
  assert.ok(await question.boxes.first().isDisabled());
  assert.ok(await listing.recorded.locator(".run").first().isVisible());
  await keeps(opened, "1+3");
});

test("some of the right ones, and a wrong one: what was missed says why", async (t) => {
  const opened = await open(t, SEVERAL);
  const { question } = opened;
  await question.boxes.nth(0).check();
  await question.boxes.nth(1).check();
  const before = await question.boxes.first().boundingBox();
  await question.check.click();
  await question.says("3 of 5 judged right.");
  assert.equal((await question.boxes.first().boundingBox()).y, before.y);
  const text = await told(question);
  // The option that was missed has its reason behind it.
  for (const part of [/B\. grep -h \./, /D\. awk 1\s+[a-zA-Z]/, /Not A\. \w/]) assert.match(text, part);
  for (const part of [/B\. grep -h \.\s+(?!D\.)\S/, /Not C\./, /Not E\./]) assert.doesNotMatch(text, part);
  await keeps(opened, "0+1");
});

test("all that is wrong, and nothing else", async (t) => {
  const { question } = await open(t, SEVERAL);
  await question.tick(0, 2, 4);
  await question.says("Wrong.");
});

test("to tick none is an answer", async (t) => {
  const opened = await open(t, SEVERAL);
  const { page, question } = opened;
  await question.check.click();
  await question.says("3 of 5 judged right.");
  await keeps(opened, "-");
  await page.reload();
  await question.says("3 of 5 judged right.");
  assert.equal(await question.part.locator(":checked").count(), 0);
});

test("who looks at several sees every reason", async (t) => {
  const { question } = await open(t, SEVERAL);
  await question.boxes.first().check();
  await question.look.click();
  await question.says("Looked at.");
  assert.equal(await question.answer.locator("p:visible").count(), 2 + 5);
  assert.ok(await question.boxes.first().isChecked(), "what was ticked can still be answered");
});

// ---- Short

for (const typed of ["65536", " 65,536 ", "65,536 Bytes", "65536bytes", "first read: 65536 bytes", "First  read: 65,536", "read: 65536 bytes"]) {
  test(`the right number, typed as "${typed}"`, async (t) => {
    const opened = await open(t, SHORT);
    const { question, listing } = opened;
    await isAsked(question);
    await question.type(typed);
    await question.says("Right.");
    const text = await told(question);
    assert.ok(text.includes("65536 bytes"), text);
    assert.ok(!text.includes("Not"), text);
    assert.ok(await question.field.isDisabled());
    assert.ok(await listing.recorded.locator(".run").first().isVisible());
    await keeps(opened, encodeURIComponent(typed.trim()));
  });
}

test("what people say is told why it is not so", async (t) => {
  const { question } = await open(t, SHORT);
  await question.field.fill("1000000");
  const before = await question.field.boundingBox();
  await question.check.click();
  await question.says("Wrong.");
  assert.equal((await question.field.boundingBox()).y, before.y);
  const text = await told(question);
  assert.ok(text.includes("Not 1,000,000 bytes. "), text);
  assert.ok(!text.includes("Not 4,096"), text);
});

test("what nobody says sees all that people say", async (t) => {
  const { question } = await open(t, SHORT);
  await question.type("42");
  await question.says("Wrong.");
  const text = await told(question);
  for (const part of ["65536 bytes", "Not 1,000,000 bytes.", "Not 1,048,576 bytes.", "Not 4,096 bytes."]) assert.ok(text.includes(part), text);
});

const STATUS = { at: "chapter1-run/when-it-fails.html", name: "chapter1/how_it_ended" };
for (const typed of ["3", "exit status: 3", "exit_259: exit status: 3"]) {
  test(`a status, as the line prints it: ${typed}`, async (t) => {
    const { question } = await open(t, STATUS);
    await question.type(typed);
    await question.says("✓ Right.");
  });
}
for (const typed of ["exit status: 259", "259"]) {
  test(`a wrong status, as the line would print it: ${typed}`, async (t) => {
    const { question } = await open(t, STATUS);
    await question.type(typed);
    await question.says("✗ Wrong.");
    assert.match(await told(question), /lowest eight bits/);
    assert.equal(await question.part.locator("label").getAttribute("data-mark"), "✗ yours");
  });
}
for (const typed of ["status: 3 or 259", "exit_3: exit status: 259", "exit status: 13", "exit_259:"]) {
  test(`not the line: ${typed}`, async (t) => {
    const { question } = await open(t, STATUS);
    await question.type(typed);
    await question.says("✗ Wrong.");
  });
}

test("nothing is checked before something is typed", async (t) => {
  const { question } = await open(t, SHORT);
  for (const typed of ["", "  "]) {
    await question.type(typed);
    assert.ok(await question.field.evaluate((field) => field === document.activeElement));
    await isAsked(question);
  }
});

test("any text is kept as one word, and no more than a hundred letters", async (t) => {
  const opened = await open(t, SHORT);
  const { page, question } = opened;
  await question.type(" It is\u00a0100% “full” + more");
  await question.says("Wrong.");
  await keeps(opened, encodeURIComponent("It is\u00a0100% “full” + more"));
  await page.reload();
  await question.says("Wrong.");
  assert.equal(await question.field.inputValue(), "It is\u00a0100% “full” + more");
  await page.getByRole("button", { name: "Ask these again" }).click();
  await isAsked(question);
  assert.equal(await question.field.inputValue(), "");
  // Kept as it is, `looked` would mean something else.
  await question.type("looked");
  await question.says("Wrong.");
  await page.reload();
  await question.says("Wrong.");
  assert.equal(await question.field.inputValue(), "looked");
  await page.getByRole("button", { name: "Ask these again" }).click();
  await question.type("é".repeat(100));
  await question.says("Wrong.");
  await keeps(opened, "%C3%A9".repeat(100).slice(0, 100));
  await page.reload();
  await question.says("Wrong.");
});

test("what is typed turns no page and opens no search", async (t) => {
  const { page, question } = await open(t, SHORT);
  await question.field.focus();
  await page.keyboard.type("s/?p");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowLeft");
  await page.keyboard.press("ArrowLeft");
  assert.ok(page.url().endsWith(SHORT.at));
  assert.equal(await question.field.inputValue(), "s/?p");
  await page.keyboard.press("Enter");
  await question.says("Wrong.");
  assert.equal(await page.evaluate(() => document.activeElement?.textContent.trim()), "✗ Wrong. Answer");
});

// ---- Both

const answers = {
  several: { right: (question) => question.tick(1, 3), kept: "1+3" },
  short: { right: (question) => question.type("65,536"), kept: "65%2C536" },
};

/** What the inputs hold. */
const given = ({ part }) => part.locator("input").evaluateAll((all) => all.map(({ value, checked, type }) => (type === "text" ? value : checked)));

for (const which of [SEVERAL, SHORT]) {
  const { kind, name, at } = which;
  const { right, kept } = answers[kind];

  test(`${kind}: a reload shows what was answered, and the page asks again`, async (t) => {
    const opened = await open(t, which);
    const { page, question, listing } = opened;
    await right(question);
    await keeps(opened, kept);
    const answer = await given(question);
    await page.reload();
    await question.says("Right.");
    assert.deepEqual(await given(question), answer);
    const again = page.getByRole("button", { name: "Ask these again" });
    await again.click();
    await isAsked(question);
    assert.ok((await given(question)).every((one) => !one));
    assert.equal(await listing.recorded.locator(".run").first().isVisible(), false);
    await page.reload();
    await isAsked(question);
  });

  test(`${kind}: two tabs have one memory`, async (t) => {
    const { stage, page, question } = await open(t, which);
    const tab = await page.context().newPage();
    const complaints = watch(tab);
    await tab.goto(stage.address(at));
    await right(question);
    const other = new Question(tab, name);
    await other.says("Right.");
    assert.deepEqual(await given(other), await given(question));
    assert.deepEqual(complaints, []);
  });

  test(`${kind}: what the file says is shown, whatever it is`, async (t) => {
    const { stage, page, question } = await open(t, which);
    const version = await question.part.getAttribute("data-version");
    for (const word of ["%", "7+x", "%E2%82", "+", "toString"]) {
      stage.progress[`predict ${name} ${version}`] = word;
      await stage.tell("progress");
      await question.answer.locator("summary").filter({ visible: true }).waitFor();
      await page.reload();
      await question.answer.locator("summary").filter({ visible: true }).waitFor();
      delete stage.progress[`predict ${name} ${version}`];
      await stage.tell("progress");
      await question.check.waitFor();
    }
  });

  test(`${kind}: who runs it first has looked, and nothing jumps`, async (t) => {
    const { stage, question, listing } = await open(t, which);
    const top = async () => (await listing.figure.boundingBox()).y;
    await listing.run.scrollIntoViewIfNeeded();
    const before = await top();
    await listing.run.click();
    const run = await stage.run();
    run.started();
    await question.says("Looked at.");
    assert.equal(await top(), before);
    run.end();
    await listing.is("ended");
    assert.equal(await top(), before);
  });

  for (const width of [1100, 360]) {
    test(`${kind}: the form takes no more room than was kept for it, ${width} px`, async (t) => {
      const viewport = { width, height: 900 };
      const tops = (page) =>
        page.locator("figure.listing, h2").evaluateAll((all) => all.map((one) => one.getBoundingClientRect().top));
      const { page } = await open(t, which, { viewport });
      const without = await open(t, which, { viewport });
      await without.page.route(/predict-[0-9a-f]+\.js/, (route) => route.fulfill({ contentType: "text/javascript", body: "" }));
      await without.page.reload();
      const [some, others] = [await tops(page), await tops(without.page)];
      some.forEach((top, at) => assert.ok(Math.abs(top - others[at]) < 2, `${at}: ${top} and ${others[at]}`));
    });
  }

  for (const [theme, width] of [["light", 1100], ["light", 360], ["navy", 1100], ["navy", 360], ["coal", 360], ["rust", 360], ["ayu", 360]]) {
    test(`${kind}: ${theme}, ${width} px: nothing sticks out, and nobody is kept out`, async (t) => {
      const { page, question } = await open(t, which, { theme, viewport: { width, height: 900 } });
      const picture = async (state) => {
        const [part, ...own] = await question.part.evaluate((part) =>
          [part, ...part.querySelectorAll("label, button, input")].map((one) => one.getBoundingClientRect().toJSON()));
        for (const { right } of own) assert.ok(right <= part.right);
        assert.ok(await staysWithin(page));
        assert.deepEqual(await barriers(page), []);
        await question.part.evaluate((part) => part.scrollIntoView());
        await page.screenshot({ path: screenshot(`predict-${kind}-${theme}-${width}-${state}`) });
      };
      if (kind === "short") await question.field.fill("1,000,000");
      else await question.boxes.first().check();
      await picture("asked");
      await question.check.click();
      await picture("answered");
    });
  }

  test(`${kind}: on paper the question, its answer and every reason`, async (t) => {
    const { page, question } = await open(t, which);
    await right(question);
    await question.standsOnPaper();
    assert.ok(!(await question.part.innerText()).includes("Your answer"));
    await page.screenshot({ path: screenshot(`predict-${kind}-print`) });
  });

  test(`${kind}: without JavaScript a folded answer, and no dead control`, async (t) => {
    const page = await browser.page(t, { javaScriptEnabled: false, allowed: [/^request: file:/] });
    await page.goto(pathToFileURL(path.join(folder, at)).href);
    const question = new Question(page, name);
    assert.equal(await question.part.locator("button, input, form, label:visible").count(), 0);
    await question.answer.getByText("Answer", { exact: true }).click();
    const text = await told(question);
    const parts = kind === "short" ? ["65536 bytes", "Not 1,000,000"] : ["B. grep -h .", "D. awk 1", "Not A.", "Not E."];
    for (const part of parts) assert.ok(text.includes(part), text);
    await question.part.evaluate((part) => part.scrollIntoView());
    await page.screenshot({ path: screenshot(`predict-${kind}-no-script`) });
  });
}

test("what is heard: the question, what it wants, and the verdict", async (t) => {
  const { page, question } = await open(t, SEVERAL);
  const asked = await question.asked();
  assert.match(asked, /\? One or more of these are right\.$/);
  const group = page.getByRole("group", { name: asked });
  assert.equal(await group.getByRole("checkbox").count(), 5);
  await group.getByRole("checkbox", { name: "awk 1", exact: true }).focus();
  await page.keyboard.press("Space");
  await page.keyboard.press("Enter");
  await question.says("4 of 5 judged right.");
  await page.getByRole("status").getByText(/^Listing 3-\d+: ✗ 4 of 5 judged right\. 1 of \d predicted\.$/).waitFor();
  const short = await open(t, SHORT);
  const field = short.page.getByRole("group", { name: "How many bytes does the first read return?" });
  await field.getByRole("textbox", { name: "Your answer bytes" }).fill("65536");
  await short.page.keyboard.press("Enter");
  await short.page.getByRole("status").getByText(/: ✓ Right\. 1 of \d predicted\./).waitFor();
});
