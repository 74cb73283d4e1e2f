// What was done is kept: by the reader in a file, elsewhere by the browser.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { staticBook } from "./book.js";
import { Browser, Question, watch } from "./browser.js";
import { Stage } from "./stage.js";

const PAGE = "chapter1-run/index.html";
const NAME = "chapter1/uncaptured";
const OTHER = "chapter1/popen.py";

let browser;
let folder;

before(async () => {
  folder = staticBook();
  browser = await Browser.start();
});
after(() => browser.close());

/** The reader's address is not there, as a browser says it. */
const GONE = [/ERR_EMPTY_RESPONSE|ERR_CONNECTION|ERR_SOCKET|Failed to fetch/];

async function open(t, { at = PAGE, fragment, isLive = true, progress = {}, ...options } = {}) {
  const page = await browser.page(t, options);
  const stage = await Stage.open(folder);
  t.after(() => stage.close());
  stage.isLive = isLive;
  stage.progress = progress;
  await page.goto(stage.address(at, fragment));
  return { stage, page, question: new Question(page, NAME) };
}

const key = async (question) => {
  const [listing, version] = await question.part.evaluate(({ dataset }) => [dataset.listing, dataset.version]);
  return `predict ${listing} ${version}`;
};

test("the reader is told, and tells another browser", async (t) => {
  const page = await browser.page(t);
  const { stage, question } = await open(t);
  await question.look.click();
  await stage.knows(await key(question), "looked");
  await page.goto(stage.address(PAGE));
  await new Question(page, NAME).says("Looked at.");
});

test("what the file says is shown as it changes", async (t) => {
  const { stage, question } = await open(t);
  await stage.knows("last", PAGE);
  stage.progress[await key(question)] = "1";
  await stage.tell("progress");
  await question.says("Right.");
  delete stage.progress[await key(question)];
  await stage.tell("progress");
  await question.check.waitFor();
});

test("a copy is drawn before the reader answers", async (t) => {
  const { stage, page, question } = await open(t, { allowed: GONE });
  await question.look.click();
  await stage.knows(await key(question), "looked");
  await page.route("**/progress", () => {});
  await page.reload();
  await question.says("Looked at.");
});

test("no answer is lost while the reader does not answer", async (t) => {
  const { stage, page, question } = await open(t, { allowed: GONE });
  await stage.knows("last", PAGE);
  stage.isDeaf = true;
  await question.look.click();
  await page.reload();
  await question.says("Looked at.");
  await new Question(page, OTHER).look.click();
  stage.isDeaf = false;
  await stage.tell("progress");
  await stage.knows(await key(question), "looked");
  await stage.knows(await key(new Question(page, OTHER)), "looked");
  await question.says("Looked at.");
});

test("what is taken back while the reader does not answer is taken back there too", async (t) => {
  const { stage, page, question } = await open(t, { allowed: GONE });
  await question.look.click();
  const looked = await key(question);
  await stage.knows(looked, "looked");
  stage.isDeaf = true;
  await page.getByRole("button", { name: "Ask these again" }).click();
  stage.isDeaf = false;
  await stage.tell("progress");
  await stage.knows(looked, undefined);
  await question.check.waitFor();
});

test("what a browser kept before there was a file goes into it", async (t) => {
  const { stage, page, question } = await open(t, { isLive: false, fragment: "" });
  await question.look.click();
  const looked = await key(question);
  stage.isLive = true;
  stage.progress = { "exercise chapter2/both_streams": "passed" };
  await page.goto("about:blank");
  await page.goto(stage.address(PAGE));
  await stage.knows(looked, "looked");
  await question.says("Looked at.");
  assert.equal(stage.progress["exercise chapter2/both_streams"], "passed");
});

test("a file that was emptied empties the browser's copy", async (t) => {
  const { stage, page, question } = await open(t);
  await question.look.click();
  await stage.knows(await key(question), "looked");
  stage.progress = {};
  await page.reload();
  await question.check.waitFor();
});

test("a static host is asked nothing, and two tabs of it have one memory", async (t) => {
  const { stage, page, question } = await open(t, { isLive: false, fragment: "" });
  const asked = [];
  page.on("request", (request) => request.url().endsWith("/progress") && asked.push(request.url()));
  const tab = await page.context().newPage();
  const complaints = watch(tab);
  await tab.goto(stage.address(PAGE, ""));
  await question.look.click();
  await new Question(tab, NAME).says("Looked at.");
  assert.deepEqual([asked, complaints], [[], []]);
});

test("the page read last is kept, if it is one of a chapter", async (t) => {
  const { stage, page } = await open(t);
  await stage.knows("last", PAGE);
  for (const other of ["introduction.html", "index.html", "print.html"]) {
    await page.goto(stage.address(other));
    await page.waitForLoadState("networkidle");
    assert.equal(stage.progress.last, PAGE, other);
  }
  await page.goto(stage.address("appendix-gotchas/"));
  await stage.knows("last", "appendix-gotchas/index.html");
});
