// An exercise: checked, edited, its hints and its solution.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { test } from "node:test";
import { root, screenshot, staticBook } from "./book.js";
import { barriers, Browser, Exercise, staysWithin } from "./browser.js";
import { Stage } from "./stage.js";

const PAGE = "chapter2-output-and-errors/the-65537th-byte.html";
const NAME = "chapter2/both_streams";
const GIVEN = readFileSync(path.join(root, "chapters-code/chapter2/exercises/given/both_streams.rs"), "utf8");

const ERROR = {
  kind: "diagnostic",
  level: "error",
  line: 14,
  column: 5,
  message: "cannot find value `menu` in this scope",
  rendered: `error[E0425]: cannot find value \`menu\` in this scope
  --> chapters-code/chapter2/exercises/both_streams.rs:14:5
   |
14 |     menu
   |     ^^^^ not found in this scope
`,
};

const folder = staticBook();
const browser = await Browser.start();

async function open(t, { fragment, isLive = true, progress = {}, own = GIVEN, ...options } = {}) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  stage.isLive = isLive;
  stage.progress = progress;
  stage.files.set(NAME, { source: own, given: GIVEN });
  await page.goto(stage.address(PAGE, fragment));
  return { stage, page, exercise: new Exercise(page, NAME), file: stage.files.get(NAME) };
}

const HEARD = { mark: "✓", text: "a short script is heard", is_rustc: false };
const HANGS = {
  mark: "✗",
  text: "a megabyte comes whole\n    happened: it still ran\n    read:     book/chapter5-pipes/whose-status.md",
  is_rustc: false,
};
const REFUSED = { mark: "✗", text: ERROR.rendered.trimEnd(), is_rustc: true };
const WARNED = { mark: null, text: "warning: unused import", is_rustc: true };

/** Plays a check to its end. */
async function checks(run, passed, said = [HEARD]) {
  run.send({ kind: "building" });
  run.started();
  const exited = { kind: "exited", code: passed ? 0 : 101, seconds: 1.5 };
  run.end(exited, { kind: "verdict", said }, { kind: "checked", passed });
}

test("a check that passes is kept, and said at the title", async (t) => {
  const { stage, exercise } = await open(t);
  await exercise.check.click();
  const run = await stage.run();
  assert.deepEqual(run.body, { chapter: "chapter2", exercise: "both_streams" });
  await checks(run, true);
  await exercise.listing.ends("✓ passed · 1.50 s");
  await exercise.passed.getByText("✓ passed").waitFor();
  await stage.knows(`exercise ${NAME}`, "passed");
});

test("a check that does not pass yet", async (t) => {
  const { stage, exercise } = await open(t);
  await exercise.check.click();
  await checks(await stage.run(), false);
  await exercise.listing.ends("not yet · 1.50 s");
  assert.equal(await exercise.passed.isVisible(), false);
  assert.equal(stage.progress[`exercise ${NAME}`], undefined);
});

test("once passed, it stays so", async (t) => {
  const { stage, exercise } = await open(t, { progress: { [`exercise ${NAME}`]: "passed" } });
  await exercise.passed.waitFor();
  await exercise.check.click();
  await checks(await stage.run(), false);
  await exercise.listing.ends("not yet");
  assert.ok(await exercise.passed.isVisible());
});

test("the terminal, or another page, has passed it meanwhile", async (t) => {
  const { stage, exercise } = await open(t);
  stage.progress[`exercise ${NAME}`] = "passed";
  await stage.tell("progress");
  await exercise.passed.waitFor();
});

test("the list of all exercises leads to each, and says which are passed", async (t) => {
  const page = await browser.page(t);
  const stage = await Stage.open(t, folder);
  stage.progress[`exercise ${NAME}`] = "passed";
  await page.goto(stage.address("appendix-exercises/index.html"));
  const row = page.getByRole("row").filter({ has: page.locator(`[data-passed="${NAME}"]`) });
  await row.getByText("✓ passed").waitFor();
  assert.equal(await page.getByText("✓ passed").count(), 1);
  delete stage.progress[`exercise ${NAME}`];
  await stage.tell("progress");
  await page.getByText("✓ passed").waitFor({ state: "hidden" });
  await row.getByRole("link").click();
  await page.locator(`section[data-exercise="${NAME}"]`).waitFor();
});

test("on a phone the list of all exercises fits, and its titles have room", async (t) => {
  const page = await browser.page(t, { viewport: { width: 360, height: 800 } });
  const stage = await Stage.open(t, folder);
  stage.progress[`exercise ${NAME}`] = "passed";
  await page.goto(stage.address("appendix-exercises/index.html"));
  await page.getByText("✓ passed").waitFor();
  const [all, seen, title] = await page.locator(".table-wrapper").evaluate((it) =>
    [it.scrollWidth, it.clientWidth, it.querySelector("tbody a").parentElement.clientWidth]);
  assert.equal(all, seen);
  assert.ok(title > 100, `${title} px`);
  await page.screenshot({ path: screenshot("exercise-list-360") });
});

test("what does not compile is said, with and without the editor", async (t) => {
  const { stage, exercise } = await open(t);
  await exercise.check.click();
  let run = await stage.run();
  const refused = [{ kind: "verdict", said: [REFUSED, WARNED] }, { kind: "failed", message: "it does not compile" }];
  run.send({ kind: "building" }, { ...ERROR, level: "warning", rendered: "warning: unused import\n" }, ERROR);
  run.end(...refused);
  await exercise.listing.ends("it does not compile");
  const said = exercise.listing.screen.locator(".run");
  await said.filter({ hasText: "✗ error[E0425]" }).waitFor();
  assert.deepEqual((await said.allTextContents()).map((text) => text.split(/[:[]/)[0]), ["✗ error", "warning"]);
  assert.equal(await said.first().evaluate((box) => getComputedStyle(box).whiteSpace), "pre", "a caret stays under its code");
  await exercise.edit.click();
  await exercise.editor.text.waitFor();
  await exercise.check.click();
  run = await stage.run();
  run.send({ kind: "building" }, ERROR);
  run.end(...refused);
  await exercise.editor.messages.getByText("error[E0425]").waitFor();
  assert.equal(await exercise.editor.marks.count(), 1);
  assert.equal(await said.count(), 0);
});

test("hints open one by one and are counted, and the solution comes last", async (t) => {
  const { stage, exercise } = await open(t);
  const { hints, solution } = exercise;
  assert.equal(await hints.nth(1).isVisible(), false);
  for (const number of [1, 2, 3]) {
    assert.equal(await solution.isVisible(), false);
    await exercise.hint(number);
    await stage.knows(`hints ${NAME}`, `${number}`);
  }
  await solution.locator("summary").click();
  assert.ok(await solution.getByText("duct reads each captured stream").isVisible());
  await exercise.hint(1);
  await exercise.hint(1);
  assert.equal(stage.progress[`hints ${NAME}`], "3");
  const keys = Object.keys(stage.progress).filter((key) => !key.startsWith("last"));
  assert.deepEqual(keys, [`hints ${NAME}`], "who looks has not passed");
});

test("who has passed needs no hint to see the solution", async (t) => {
  const { stage, exercise } = await open(t, { progress: { [`exercise ${NAME}`]: "passed" } });
  await exercise.solution.locator("summary").click();
  assert.ok(await exercise.solution.locator("pre").isVisible());
  assert.equal(await exercise.hints.first().evaluate((hint) => hint.open), false);
  stage.progress = {};
  await stage.tell("progress");
  await exercise.solution.waitFor({ state: "hidden" });
});

test("the reader's own file is edited, saved by the check, and found again", async (t) => {
  const begun = GIVEN.replace("let mut", "let  mut");
  const { stage, page, exercise, file } = await open(t, { own: begun });
  const { editor } = exercise;
  await exercise.edit.click();
  await editor.text.waitFor();
  assert.equal(await editor.text.inputValue(), begun);
  assert.equal(await editor.badge.textContent(), "Saved");
  const solved = `${GIVEN}// solved\n`;
  await editor.text.fill(solved);
  assert.equal(await editor.badge.textContent(), "Not saved");
  await exercise.check.click();
  await checks(await stage.run(), true);
  await exercise.passed.waitFor();
  assert.equal(file.source, solved);
  assert.equal(await editor.badge.textContent(), "Saved");
  await page.reload();
  await exercise.edit.click();
  await editor.text.waitFor();
  assert.equal(await editor.text.inputValue(), solved);
});

test("what is said of the file comes below the buttons, and moves none", async (t) => {
  const { exercise } = await open(t, { own: `// begun\n${GIVEN}` });
  await exercise.edit.scrollIntoViewIfNeeded();
  const own = exercise.part.getByText("Your file differs from this");
  await own.waitFor();
  const place = async () => (await exercise.edit.boundingBox()).y;
  const before = await place();
  await own.evaluate((words) => words.replaceChildren());
  assert.equal(await place(), before);
});

test("the difference is from what the book gives, saved or not", async (t) => {
  const { exercise } = await open(t, { own: GIVEN.replace("    child.wait()?;\n", "") });
  await exercise.edit.click();
  await exercise.editor.text.waitFor();
  await exercise.editor.compare.click();
  const found = () => exercise.editor.difference.locator("ins, del").allTextContents();
  assert.deepEqual(await found(), ["−     child.wait()?;"]);
  await exercise.editor.text.fill(GIVEN);
  assert.deepEqual(await found(), []);
});

test("Ctrl-S saves, Ctrl-Enter checks", async (t) => {
  const { stage, exercise, file } = await open(t);
  const { editor } = exercise;
  await exercise.edit.click();
  await editor.text.press("Control+Home");
  await editor.text.pressSequentially("// one\n");
  await editor.text.press("Control+s");
  await editor.badge.getByText("Saved", { exact: true }).waitFor();
  assert.equal(file.source, `// one\n${GIVEN}`);
  await editor.text.pressSequentially("// two\n");
  await editor.text.press("Control+Enter");
  await checks(await stage.run(), false);
  assert.equal(file.source, `// one\n// two\n${GIVEN}`);
});

test("a file that has changed on disk is not written over, unless that is meant", async (t) => {
  const { stage, exercise, file } = await open(t, { allowed: [/409/] });
  const { editor } = exercise;
  const conflict = editor.part.getByRole("alert");
  await exercise.edit.click();
  await editor.text.fill("mine\n");
  file.source = "theirs\n";
  await exercise.check.click();
  await exercise.listing.ends("the file has changed on disk");
  await conflict.getByText("Your file has changed on disk since.").waitFor();
  assert.equal(file.source, "theirs\n");
  await conflict.getByRole("button", { name: "Take the file's" }).click();
  assert.equal(await editor.text.inputValue(), "theirs\n");
  assert.equal((await conflict.textContent()).trim(), "");
  await editor.text.fill("mine again\n");
  file.source = "theirs again\n";
  await editor.text.press("Control+s");
  await conflict.getByRole("button", { name: "Keep mine" }).click();
  await editor.badge.getByText("Saved", { exact: true }).waitFor();
  assert.equal(file.source, "mine again\n");
});

test("where nothing is unsaved, the editor follows the file", async (t) => {
  const { stage, page, exercise, file } = await open(t);
  const { editor } = exercise;
  await exercise.edit.click();
  await editor.text.waitFor();
  file.source = "theirs\n";
  await exercise.check.click();
  await checks(await stage.run(), false);
  assert.equal(await editor.text.inputValue(), "theirs\n");
  file.source = "theirs again\n";
  await page.evaluate(() => dispatchEvent(new Event("focus")));
  await page.waitForFunction(() => document.querySelector("textarea").value === "theirs again\n");
  assert.equal(await editor.badge.textContent(), "Saved");
  assert.equal(file.source, "theirs again\n");
});

test("the page says that the reader's file is another than it shows", async (t) => {
  const { stage, page, exercise, file } = await open(t, { own: "mine\n", progress: { [`exercise ${NAME}`]: "passed" } });
  const own = exercise.listing.figure.locator(".own");
  await exercise.edit.scrollIntoViewIfNeeded();
  await own.getByText("Your file differs from this: Edit shows it.").waitFor();
  assert.match(await exercise.edit.evaluate((button) => getComputedStyle(button, "::after").content), /✎/);
  await exercise.edit.click();
  await exercise.editor.text.fill("not saved\n");
  assert.equal(await own.isVisible(), false);
  await exercise.editor.close.click();
  await own.getByText("What you wrote is not saved: Check takes your file without it.").waitFor();
  await page.evaluate((key) => localStorage.removeItem(key), `edit ${NAME}`);
  file.source = GIVEN;
  await stage.tell("progress");
  await own.waitFor({ state: "hidden" });
});

test("a check that fails says what a terminal says, with a link to the page to read", async (t) => {
  const { stage, exercise } = await open(t);
  await exercise.check.click();
  await checks(await stage.run(), false, [HEARD, HANGS]);
  await exercise.listing.ends("not yet");
  const { screen } = exercise.listing;
  const link = screen.getByRole("link", { name: "book/chapter5-pipes/whose-status.md" });
  await link.waitFor();
  assert.equal(await link.evaluate(({ pathname }) => pathname), "/chapter5-pipes/whose-status.html");
  const said = (await screen.locator(".run").allTextContents()).join("");
  assert.equal(said, `✓ ${HEARD.text}\n✗ ${HANGS.text}\n`);
});

test("an editor with unsaved text outlives a change of the book", async (t) => {
  const { stage, page, exercise } = await open(t);
  await exercise.edit.click();
  await exercise.editor.text.fill("not saved\n");
  await stage.tell("reload");
  await page.getByRole("button", { name: "Show it" }).waitFor();
  assert.equal(await exercise.editor.text.inputValue(), "not saved\n");
});

test("what was not saved is there after a reload, even if the file is another now", async (t) => {
  const { page, exercise, file } = await open(t);
  const { editor } = exercise;
  await exercise.edit.click();
  await editor.text.fill("not saved\n");
  await page.reload();
  await exercise.edit.click();
  await editor.text.waitFor();
  assert.equal(await editor.text.inputValue(), "not saved\n");
  assert.equal(await editor.part.getByRole("alert").getByRole("button").count(), 0);
  file.source = "theirs\n";
  await page.reload();
  await exercise.edit.click();
  await editor.part.getByRole("button", { name: "Keep mine" }).click();
  await editor.badge.getByText("Saved", { exact: true }).waitFor();
  assert.equal(file.source, "not saved\n");
});

test("Reset gives back the book's, if that is meant", async (t) => {
  const { page, exercise, file } = await open(t, { own: "mine\n" });
  const { editor } = exercise;
  await exercise.edit.click();
  page.once("dialog", (dialog) => dialog.dismiss());
  await editor.reset.click();
  assert.equal(file.source, "mine\n");
  page.once("dialog", (dialog) => dialog.accept());
  await editor.reset.click();
  await editor.badge.getByText("Saved", { exact: true }).waitFor();
  await page.waitForFunction((given) => document.querySelector("textarea").value === given, GIVEN);
  assert.equal(file.source, GIVEN);
});

test("it is asked once before the reader's own code is written and runs", async (t) => {
  const { stage, exercise, file } = await open(t, { allowed: [/403/] });
  stage.consent = "What you write will run as you.";
  await exercise.edit.click();
  await exercise.editor.text.fill("mine\n");
  await exercise.check.click();
  await exercise.editor.dialog.getByText("What you write will run as you.").waitFor();
  await exercise.editor.dialog.getByRole("button", { name: "Run my edits" }).click();
  await checks(await stage.run(), true);
  await exercise.passed.waitFor();
  assert.equal(file.source, "mine\n");
});

test("in an old tab Check says so, and leaves what the last one said", async (t) => {
  const { stage, exercise } = await open(t, { allowed: [/401/] });
  await exercise.check.click();
  await checks(await stage.run(), false, [HEARD]);
  await exercise.listing.ends("not yet");
  stage.token = "another";
  await exercise.check.click();
  await exercise.listing.ends("the book's server was started anew");
  assert.ok(await exercise.listing.screen.getByText(HEARD.text).isVisible());
});

test("closed again, Check takes the file as it is", async (t) => {
  const { stage, exercise, file } = await open(t);
  await exercise.edit.click();
  await exercise.editor.text.fill("not saved\n");
  await exercise.editor.close.click();
  await exercise.check.click();
  const run = await stage.run();
  assert.deepEqual(run.body, { chapter: "chapter2", exercise: "both_streams" });
  await checks(run, false);
  assert.equal(file.source, GIVEN);
});

test("a static host: the command, and the hints, kept by the browser", async (t) => {
  const { page, exercise } = await open(t, { isLive: false, fragment: "" });
  assert.equal(await exercise.check.count(), 0);
  assert.equal(await exercise.edit.count(), 0);
  assert.equal(await exercise.part.locator(".replay").isVisible(), false);
  await exercise.part.getByText("cargo test -p chapter2 --test both_streams").waitFor();
  await exercise.hint(1);
  await exercise.hint(2);
  await page.waitForFunction((key) => localStorage.getItem(key) === "2", `hints ${NAME}`);
});

test("without JavaScript the hints open one by one, and there is no dead button", async (t) => {
  const page = await browser.page(t, { javaScriptEnabled: false, allowed: [/^request: file:/] });
  await page.goto(pathToFileURL(path.join(folder, PAGE)).href);
  const exercise = new Exercise(page, NAME);
  assert.equal(await exercise.part.locator("button").count(), 0);
  for (const number of [1, 2, 3]) await exercise.hint(number);
  await exercise.solution.locator("summary").click();
  assert.ok(await exercise.solution.locator("pre").isVisible());
});

test("on paper stand the task and the code, and no hint", async (t) => {
  const { page, exercise } = await open(t, { progress: { [`exercise ${NAME}`]: "passed" } });
  for (const number of [1, 2]) await exercise.hint(number);
  await exercise.solution.locator("summary").click();
  await page.emulateMedia({ media: "print" });
  assert.ok(await exercise.part.getByText("runs a shell script").isVisible());
  assert.ok(await exercise.part.locator("figure pre").first().isVisible());
  assert.equal(await exercise.part.locator("details p:visible, details pre:visible, button:visible").count(), 0);
  await exercise.part.evaluate((part) => part.scrollIntoView());
  await page.screenshot({ path: screenshot("exercise-print") });
});

for (const [theme, width] of [["light", 1100], ["light", 360], ["navy", 1100], ["navy", 360], ["coal", 360], ["rust", 360], ["ayu", 360]]) {
  test(`${theme}, ${width} px: nothing sticks out, and nobody is kept out`, async (t) => {
    const { stage, page, exercise, file } = await open(t, { theme, viewport: { width, height: 900 }, allowed: [/409/] });
    const picture = async (name) => {
      assert.ok(await staysWithin(page));
      assert.deepEqual(await barriers(page), []);
      await exercise.part.evaluate((part) => part.scrollIntoView());
      await page.screenshot({ path: screenshot(`exercise-${theme}-${width}-${name}`), fullPage: false });
    };
    await picture("given");
    await exercise.hint(1);
    await exercise.hint(2);
    await exercise.check.click();
    // More than a check ever says at once.
    await checks(await stage.run(), true, [HEARD, HANGS, REFUSED, WARNED]);
    await exercise.passed.waitFor();
    assert.ok(await staysWithin(page));
    assert.deepEqual(await barriers(page), []);
    await exercise.listing.terminal.scrollIntoViewIfNeeded();
    await page.screenshot({ path: screenshot(`exercise-${theme}-${width}-below`) });
    await exercise.edit.click();
    await exercise.editor.text.fill(`${GIVEN}// mine\n`);
    file.source = "theirs\n";
    await exercise.editor.text.press("Control+s");
    await exercise.editor.part.getByRole("alert").getByRole("button").first().waitFor();
    await picture("edited");
  });
}
