// A listing edited in its page: the text, what the compiler says of it, and what
// the browser keeps.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { root, screenshot, staticBook } from "./book.js";
import { barriers, Browser, Editor, Listing, staysWithin } from "./browser.js";
import { Stage } from "./stage.js";

const PAGE = "chapter1-run/index.html";
const NAME = "chapter1/hello";
const PYTHON = "chapter1/hello.py";
const OWN = readFileSync(path.join(root, "chapters-code/chapter1/src/listings/hello.rs"), "utf8");

const ERROR = {
  kind: "diagnostic",
  level: "error",
  line: 4,
  column: 5,
  message: "cannot find value `menu` in this scope",
  rendered: "error[E0425]: cannot find value `menu` in this scope\n --> hello.rs:4:5\n",
};

const folder = staticBook();
const browser = await Browser.start();

async function open(t, { isLive = true, fragment, ...options } = {}) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  stage.isLive = isLive;
  await page.goto(stage.address(PAGE, fragment));
  return { page, stage, editor: new Editor(page, NAME) };
}

const kept = (page) => page.evaluate((name) => localStorage.getItem(`edit ${name}`), NAME);

test("the editor comes when it is wanted, with the book's listing in the page's colours", async (t) => {
  const { page, editor } = await open(t);
  const asked = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  const { listing } = editor;
  const code = listing.figure.locator("> pre > code");
  const colours = await code.innerHTML();
  await editor.open();
  assert.deepEqual(asked.filter((it) => /(js|css)$/.test(it)).sort(), ["/page/consent.js", "/page/difference.js", "/page/editor.css", "/page/editor.js", "/page/undo.js"]);
  assert.equal(await editor.text.inputValue(), OWN);
  assert.equal(await editor.colours.textContent(), `${OWN}\n`);
  assert.equal((await editor.colours.innerHTML()).trim(), colours.trim());
  assert.equal(await code.isVisible(), false);
  assert.equal(await editor.badge.textContent(), "As in the book");
  assert.equal(await listing.button("Run").count(), 0);
  await editor.close.click();
  assert.ok(await code.isVisible());
  assert.ok(await listing.run.isVisible());
});

test("every letter stands where its colour is", async (t) => {
  for (const theme of ["light", "navy", "ayu"]) {
    const { editor } = await open(t, { theme });
    await editor.open();
    const metrics = (locator) =>
      locator.evaluate((box) => {
        const { fontFamily, fontSize, lineHeight, paddingTop, paddingLeft, letterSpacing } = getComputedStyle(box);
        return { fontFamily, fontSize, lineHeight, paddingTop, paddingLeft, letterSpacing };
      });
    assert.deepEqual(await metrics(editor.text), await metrics(editor.colours));
    const sizes = (locator) => locator.evaluate(({ scrollWidth, scrollHeight }) => [scrollWidth, scrollHeight]);
    assert.deepEqual(await sizes(editor.text), await sizes(editor.colours));
  }
});

test("an edit runs, and another listing runs as the book has it", async (t) => {
  const { page, stage, editor } = await open(t);
  await editor.open();
  const edit = `${OWN}// edited\n`;
  await editor.text.fill(edit);
  await editor.run.click();
  const run = await stage.run();
  assert.deepEqual(run.body, { chapter: "chapter1", listing: "hello", source: edit });
  run.send({ kind: "building" });
  await editor.listing.ends("building");
  run.started();
  await editor.listing.is("running");
  run.stdout("from the edit\n");
  await editor.listing.says("from the edit");
  const shown = await editor.listing.screen.locator(".typed").evaluate((it) => getComputedStyle(it, "::after").content);
  assert.equal(shown, '"  # as you edited it"');
  run.end({ kind: "exceeded", most: 256, what: "processes" }, { kind: "exited", signal: 9, seconds: 1 },
    { kind: "compared", verdict: "not_compared", differences: [], why: "this is an edited listing" });
  await editor.listing.ends("stopped: more than 256 processes");
  await editor.listing.ends("this is an edited listing");
  const other = new Listing(page, PYTHON);
  await other.run.click();
  assert.deepEqual((await stage.run()).body, { chapter: "chapter1", listing: "hello.py" });
  await editor.close.click();
  await editor.listing.run.click();
  assert.deepEqual((await stage.run()).body, { chapter: "chapter1", listing: "hello" });
});

test("what the compiler says stands at its line, and leads there", async (t) => {
  const { stage, editor } = await open(t);
  await editor.open();
  await editor.run.click();
  const run = await stage.run();
  run.send({ kind: "building" }, ERROR, { ...ERROR, line: undefined, message: "cannot find function `main`" });
  run.end({ kind: "failed", message: "it does not compile" });
  await editor.listing.is("failed");
  await editor.listing.ends("it does not compile");
  assert.equal(await editor.marks.count(), 1);
  const mark = await editor.marks.boundingBox();
  const sheet = await editor.colours.boundingBox();
  const lines = OWN.split("\n").length;
  assert.ok(Math.abs(mark.y - sheet.y - 10 - 3 * mark.height) < 2, `${mark.y - sheet.y} of ${mark.height}`);
  assert.ok(mark.height * lines < sheet.height);
  assert.equal(await editor.messages.getByText("error[E0425]").count(), 2);
  const place = () => editor.text.evaluate((text) => [text.selectionStart, document.activeElement === text]);
  const button = editor.messages.getByRole("button", { name: "Line 4, error: cannot find value" });
  await button.click();
  const at = OWN.split("\n").slice(0, 3).join("\n").length + 1 + 4;
  assert.deepEqual(await place(), [at, true]);
  // A line typed above takes the mark along.
  await editor.text.evaluate((text) => text.setSelectionRange(0, 0));
  await editor.text.press("Enter");
  assert.equal(await editor.marks.evaluate((mark) => mark.style.getPropertyValue("--line")), "5");
  await button.click();
  assert.deepEqual(await place(), [at + 1, true]);
  assert.equal(await editor.messages.getByRole("button").count(), 1, "what is of no line leads nowhere");
  await editor.run.click();
  const next = await stage.run();
  assert.equal(await editor.marks.count(), 0);
  next.end();
});

test("Tab and Enter keep the indentation, Escape and Tab leave", async (t) => {
  const { page, editor } = await open(t);
  await editor.open();
  const { text } = editor;
  const value = () => text.inputValue();
  await text.fill("a\n");
  await text.evaluate((text) => text.setSelectionRange(0, 0));
  for (const key of ["Tab", "End", "Enter", "b"]) await text.press(key);
  assert.equal(await value(), "    a\n    b\n");
  await text.press("Shift+Tab");
  assert.equal(await value(), "    a\nb\n");
  await text.evaluate((text) => text.setSelectionRange(0, 7));
  await text.press("Tab");
  assert.equal(await value(), "        a\n    b\n");
  await text.press("Shift+Tab");
  await text.press("Shift+Tab");
  assert.equal(await value(), "a\nb\n");
  await text.press("Control+z");
  assert.equal(await value(), "    a\nb\n");
  await text.fill("fn f() {");
  await text.press("Enter");
  assert.equal(await value(), "fn f() {\n    ");
  await text.fill("a\nb\n");
  await text.press("s");
  assert.ok(page.url().endsWith(PAGE), "mdBook's own keys do nothing here");
  const before = await value();
  await text.press("Escape");
  await text.press("Tab");
  assert.equal(await value(), before);
  assert.equal(await text.evaluate((text) => text === document.activeElement), false);
});

test("what was typed in one go is taken back in one, and comes again", async (t) => {
  const { editor } = await open(t);
  await editor.open();
  const { text } = editor;
  const value = () => text.inputValue();
  const first = await value();
  await text.pressSequentially("let x = 1;");
  assert.equal(await value(), `let x = 1;${first}`);
  await text.press("ArrowRight");
  await text.pressSequentially("yy");
  await text.press("Control+z");
  assert.equal(await value(), `let x = 1;${first}`);
  await text.press("Control+z");
  assert.equal(await value(), first);
  await text.press("Control+z");
  assert.equal(await value(), first);
  await text.press("Control+Shift+z");
  assert.equal(await value(), `let x = 1;${first}`);
  assert.equal(await text.evaluate((text) => text.selectionStart), "let x = 1;".length + 1);
  await text.press("Tab");
  await text.press("Control+z");
  assert.equal(await value(), `let x = 1;${first}`);
});

test("Ctrl-Enter runs, and does not stop", async (t) => {
  const { stage, editor } = await open(t);
  await editor.open();
  await editor.text.press("Control+Enter");
  const run = await stage.run();
  run.started();
  await editor.listing.is("running");
  await editor.text.press("Control+Enter");
  await editor.listing.is("running");
  run.end();
  await editor.listing.is("ended");
});

test("the difference from the book's, and Reset", async (t) => {
  const { page, editor } = await open(t);
  await editor.open();
  await editor.compare.click();
  assert.equal(await editor.difference.textContent(), "It is the book's.");
  const lines = OWN.trimEnd().split("\n");
  await editor.text.fill(["// first", ...lines.slice(0, 2), "    two();", ...lines.slice(3)].join("\n") + "\n");
  const found = await editor.difference.locator("ins, del").allTextContents();
  assert.deepEqual(found, ["+ // first", `− ${lines[2]}`, "+     two();"]);
  assert.equal(await editor.badge.textContent(), "Edited");
  page.once("dialog", (dialog) => dialog.dismiss());
  await editor.reset.click();
  assert.equal(await editor.badge.textContent(), "Edited");
  page.once("dialog", (dialog) => dialog.accept());
  await editor.reset.click();
  assert.equal(await editor.text.inputValue(), OWN);
  assert.equal(await kept(page), null);
  // There is nothing to lose now.
  await editor.reset.click();
  await editor.text.press("Control+z");
  assert.equal(await editor.badge.textContent(), "Edited");
});

test("an edit survives a reload, and the page shows the book's listing", async (t) => {
  const { page, stage, editor } = await open(t);
  await editor.open();
  await editor.text.fill("edited\n");
  await page.reload();
  assert.ok((await editor.listing.figure.locator("> pre > code").textContent()).startsWith(OWN.trimEnd()));
  assert.match(await editor.edit.evaluate((button) => getComputedStyle(button, "::after").content), /✎/);
  await editor.listing.run.click();
  assert.equal("source" in (await stage.run()).body, false);
  await editor.open();
  assert.equal(await editor.text.inputValue(), "edited\n");
  assert.equal(await editor.badge.textContent(), "Edited");
  assert.equal(await editor.part.locator(".stale").isVisible(), false);
});

test("who edited what the book has changed since is told so", async (t) => {
  const { page, editor } = await open(t);
  await page.evaluate((name) => localStorage.setItem(`edit ${name}`, JSON.stringify({ source: "edited\n", own: "before\n" })), NAME);
  await page.reload();
  await editor.open();
  assert.ok(await editor.part.locator(".stale").isVisible());
  page.once("dialog", (dialog) => dialog.accept());
  await editor.reset.click();
  assert.equal(await editor.text.inputValue(), OWN);
  assert.equal(await editor.part.locator(".stale").isVisible(), false);
});

test("before the first edit runs, the reader is asked", async (t) => {
  const { stage, editor } = await open(t, { allowed: [/403/] });
  stage.consent = "Edited code runs as you.";
  await editor.open();
  await editor.run.click();
  await editor.dialog.getByText("Edited code runs as you.").waitFor();
  await editor.dialog.getByRole("button", { name: "Cancel" }).click();
  await editor.listing.is("failed");
  await editor.listing.ends("not yet agreed");
  await editor.run.click();
  await editor.dialog.getByRole("button", { name: "Run my edits" }).click();
  const run = await stage.run();
  assert.equal(run.body.source, OWN);
  run.started();
  run.end();
  await editor.listing.is("ended");
  await editor.run.click();
  (await stage.run()).end();
});

test("who types on agrees to nothing, and Escape leaves the question", async (t) => {
  const { page, stage, editor } = await open(t, { allowed: [/403/] });
  stage.consent = "Edited code runs as you.";
  for (const key of ["Enter", "Escape"]) {
    await editor.open();
    await editor.text.press("Control+Enter");
    await editor.dialog.waitFor();
    await page.keyboard.press(key);
    await editor.dialog.waitFor({ state: "detached" });
    await editor.listing.ends("not yet agreed");
    assert.ok(stage.consent);
    await editor.close.click();
  }
});

test("a refused edit leaves what the compiler said, and nothing under the book's listing", async (t) => {
  const { stage, editor } = await open(t, { allowed: [/409/] });
  await editor.open();
  await editor.run.click();
  const run = await stage.run();
  run.send({ kind: "building" }, ERROR);
  run.end({ kind: "failed", message: "it does not compile" });
  await editor.listing.ends("it does not compile");
  stage.refusal = [409, "too many run already"];
  await editor.run.click();
  await editor.listing.ends("too many run already");
  const said = async () => [await editor.marks.count(), await editor.messages.getByText("error[E0425]").count()];
  assert.deepEqual(await said(), [1, 1]);
  await editor.listing.replay.click();
  await editor.listing.is("ready");
  assert.deepEqual(await said(), [1, 1]);
  stage.refusal = undefined;
  await editor.run.click();
  (await stage.run()).end();
  await editor.listing.is("ended");
  assert.equal(await editor.marks.count(), 0);
  await editor.close.click();
  await editor.open();
  stage.refusal = [409, "too many run already"];
  await editor.run.click();
  await editor.listing.ends("too many run already");
  await editor.close.click();
  await editor.listing.is("ready");
  assert.doesNotMatch(await editor.listing.state.textContent(), /too many/);
  assert.doesNotMatch(await editor.listing.heard.textContent(), /replay/);
  // What came of the book's own listing stays.
  await editor.listing.run.click();
  await editor.listing.ends("too many run already");
  await editor.open();
  await editor.close.click();
  await editor.listing.ends("too many run already");
});

test("closed, the recorded output stands under the book's listing again", async (t) => {
  const { stage, editor } = await open(t);
  await editor.open();
  await editor.run.click();
  const run = await stage.run();
  run.end({ kind: "failed", message: "it does not compile" });
  await editor.listing.ends("it does not compile");
  await editor.close.click();
  await editor.listing.is("ready");
  assert.ok(await editor.listing.recorded.isVisible());
  assert.equal(await editor.listing.screen.count(), 0);
});

for (const width of [1100, 360]) {
  test(`errors stand before warnings, and no caret leaves its code, ${width} px`, async (t) => {
    const { page, stage, editor } = await open(t, { viewport: { width, height: 900 } });
    await editor.open();
    await editor.run.click();
    const run = await stage.run();
    const warning = (line) => ({ ...ERROR, level: "warning", line, message: "unused", rendered: `warning: unused import, line ${line}\n` });
    const code = `1 | use std::${"a".repeat(120)};`;
    const caret = `${" ".repeat(code.length - 1)}^ no such thing`;
    const rendered = `error[E0432]: unresolved\n${code}\n${caret}\n`;
    run.send(warning(1), warning(3), { ...ERROR, line: undefined }, { ...ERROR, line: 9, rendered });
    run.end({ kind: "failed", message: "it does not compile" });
    await editor.listing.is("failed");
    const texts = await editor.messages.locator("pre").allTextContents();
    assert.deepEqual(texts.map((text) => text.split("\n")[0]), [
      "error[E0432]: unresolved",
      "error[E0425]: cannot find value `menu` in this scope",
      "warning: unused import, line 1",
      "warning: unused import, line 3",
    ]);
    const first = editor.messages.locator("pre").first();
    const lines = await first.evaluate((box) => {
      const range = document.createRange();
      range.selectNodeContents(box);
      return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size;
    });
    assert.equal(lines, 3, "a line is a line");
    assert.ok(await first.evaluate((box) => box.scrollWidth > box.clientWidth), "it scrolls");
    assert.ok(await staysWithin(page));
    await editor.messages.scrollIntoViewIfNeeded();
    await page.screenshot({ path: screenshot(`edit-messages-${width}`) });
  });
}

test("where nothing runs, nothing is edited", async (t) => {
  for (const options of [{ isLive: false, fragment: "" }, { fragment: "" }]) {
    const { editor } = await open(t, options);
    await editor.listing.is("ready");
    assert.equal(await editor.edit.count(), 0);
  }
});

test("without the server, the editor does not come and says so", async (t) => {
  const { page, editor } = await open(t, { allowed: [/ERR_FAILED/] });
  await page.route(/editor\.js/, (route) => route.abort());
  await editor.edit.click();
  await editor.listing.ends("the editor does not load");
});

test("where Rust is missing, Edit says so, and opens nothing", async (t) => {
  const { page, stage, editor } = await open(t, { allowed: [/501/] });
  stage.cannotEdit = [501, "Edit needs Rust and the book's source"];
  await editor.edit.click();
  await editor.listing.ends("Edit needs Rust and the book's source");
  assert.equal(await page.locator(".editor").count(), 0);
  assert.equal(await editor.edit.getAttribute("aria-expanded"), "false");
  // It runs all the same.
  await editor.listing.run.click();
  (await stage.run()).end({ kind: "exited", code: 0, seconds: 0.1 });
  await editor.listing.is("ended");
  stage.cannotEdit = undefined;
  await editor.open();
  assert.equal(await editor.text.inputValue(), OWN);
});

test("a double click on Edit opens one editor, also where it has been open", async (t) => {
  const { page, editor } = await open(t);
  const opens = async () => {
    await editor.edit.dblclick();
    await editor.text.waitFor();
    assert.equal(await page.locator(".editor").count(), 1);
    assert.equal(await editor.edit.getAttribute("aria-expanded"), "true");
  };
  await opens();
  await editor.close.click();
  await opens();
});

for (const [what, address] of [["the server", "/edits/"], ["how it looks", "/page/editor.css"]]) {
  test(`Edit that is pressed again while it waits for ${what} opens one editor, and the next press closes it`, async (t) => {
    const { page, editor } = await open(t);
    let answer;
    const answered = new Promise((resolve) => (answer = resolve));
    await page.route(({ pathname }) => pathname.startsWith(address), async (route) => {
      await answered;
      await route.continue();
    });
    const asked = page.waitForRequest((request) => new URL(request.url()).pathname.startsWith(address));
    await editor.edit.click();
    await asked;
    await editor.edit.click();
    answer();
    await editor.text.waitFor();
    assert.equal(await page.locator(".editor").count(), 1);
    await editor.edit.click();
    await editor.part.waitFor({ state: "detached" });
  });
}

test("Python is edited in its own colours", async (t) => {
  const { page } = await open(t);
  const editor = new Editor(page, PYTHON);
  await editor.open();
  await editor.text.fill("import os\n");
  assert.equal(await editor.colours.locator(".hljs-keyword").textContent(), "import");
});

for (const [theme, width] of [["light", 1100], ["light", 360], ["navy", 1100], ["navy", 360], ["coal", 360], ["rust", 360], ["ayu", 360]]) {
  test(`${theme}, ${width} px: nothing sticks out, and nobody is kept out`, async (t) => {
    const { page, stage, editor } = await open(t, { theme, allowed: [/403/], viewport: { width, height: 900 } });
    const picture = async (name) => {
      assert.ok(await staysWithin(page));
      assert.deepEqual(await barriers(page), []);
      await editor.listing.figure.evaluate((part) => part.scrollIntoView());
      await page.screenshot({ path: screenshot(`edit-${theme}-${width}-${name}`) });
    };
    await picture("closed");
    await editor.open();
    await picture("open");
    await editor.text.fill(OWN.replace("    ", "    let long = \"a line that is longer than most pages are wide, and so it must scroll\";\n    "));
    await editor.compare.click();
    await editor.run.click();
    const run = await stage.run();
    run.send(ERROR, { ...ERROR, level: "warning", line: 3, message: "unused variable: `long`", rendered: "warning: unused variable: `long`\n --> chapters-code/chapter1/src/listings/hello.rs:3:9\n" });
    run.end({ kind: "failed", message: "it does not compile" });
    await editor.listing.is("failed");
    await picture("refused");
    stage.consent = "Edited code runs as you, on this machine, with all that you may do: read, write and delete your files.";
    await editor.run.click();
    await editor.dialog.waitFor();
    await picture("asked");
  });
}

test("on paper stands the book's listing", async (t) => {
  const { page, editor } = await open(t);
  await editor.open();
  await editor.text.fill("edited\n");
  await page.emulateMedia({ media: "print" });
  assert.equal(await editor.part.isVisible(), false);
  assert.ok(await editor.listing.figure.locator("> pre > code").isVisible());
});
