// The page as openbook serves it, with listings that run.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import path from "node:path";
import { pipeline } from "node:stream";
import { after, before, test } from "node:test";
import { root, screenshot } from "./book.js";
import { barriers, Browser, Editor, Listing, Question, watch } from "./browser.js";
import { Server } from "./server.js";

const FIRST_PAGE = "chapter1-run/index.html";
const HELLO = "chapter1/hello";
/** Three seconds, with a line now and then. */
const SLOW = { page: "chapter4-stderr/index.html", name: "chapter4/runs_and_starts" };

const browser = await Browser.start();
let server;

before(async () => {
  server = await Server.start();
});
after(() => server?.stop());

async function open(t, page, name, options) {
  const opened = await browser.page(t, options);
  await opened.goto(server.address(page));
  return { page: opened, listing: new Listing(opened, name) };
}

/** Whether a process of the listing is there. */
function runs({ name }) {
  const listing = name.split("/")[1];
  const processes = execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" });
  return processes.split("\n").some((line) => /\/chapter\d+ /.test(line) && line.endsWith(` ${listing}`));
}

/** Waits until the listing's process has ended: only the process table can tell. */
async function hasEnded(listing) {
  for (let turn = 0; runs(listing); turn++) {
    assert.ok(turn < 100, `${listing.name} still runs`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

test("a listing runs, and is as recorded", async (t) => {
  const { listing } = await open(t, FIRST_PAGE, HELLO);
  await listing.run.click();
  await listing.is("ended");
  assert.match(await listing.state.textContent(), /^exit status 0 · .*m?s · as recorded$/);
  const [ran, was] = await Promise.all([listing.screen, listing.recorded].map((it) => it.locator(".run").allTextContents()));
  assert.deepEqual(ran, was);
});

test("a question is answered, and the run bears the answer out", async (t) => {
  const name = "chapter1/uncaptured";
  const { page, listing } = await open(t, FIRST_PAGE, name);
  const question = new Question(page, name);
  assert.equal(await listing.recorded.locator(".run").first().isVisible(), false);
  await question.options.nth(1).check();
  await question.check.click();
  await question.says("Right.");
  assert.ok(await listing.recorded.locator(".run").first().isVisible());
  await listing.run.click();
  await listing.says('not captured: ""');
  await listing.is("ended");
  await question.says("Right.");
});

test("output arrives before the run ends", async (t) => {
  const { listing } = await open(t, SLOW.page, SLOW.name);
  await listing.run.click();
  await listing.says("begins");
  await listing.is("running");
  await listing.says("ends");
  await listing.is("running");
  await listing.is("ended");
  await listing.ends("as recorded");
});

test("stop ends the run and its processes", async (t) => {
  const { listing } = await open(t, SLOW.page, SLOW.name);
  await listing.run.click();
  await listing.says("begins");
  assert.ok(runs(SLOW));
  await listing.stop.click();
  await listing.is("ended");
  await listing.ends("not compared");
  await hasEnded(SLOW);
});

test("reloading ends the run", async (t) => {
  const { page, listing } = await open(t, SLOW.page, SLOW.name);
  await listing.run.click();
  await listing.says("begins");
  await page.reload();
  await listing.is("ready");
  await hasEnded(SLOW);
});

test("closing the tab ends the run", async (t) => {
  const { page, listing } = await open(t, SLOW.page, SLOW.name);
  await listing.run.click();
  await listing.says("begins");
  await page.close();
  await hasEnded(SLOW);
});

test("two tabs run the same listing each for itself", async (t) => {
  const { page, listing } = await open(t, SLOW.page, SLOW.name);
  const tab = await page.context().newPage();
  const complaints = watch(tab);
  await tab.goto(server.address(SLOW.page));
  const other = new Listing(tab, SLOW.name);
  await listing.run.click();
  await other.run.click();
  await other.says("begins");
  await listing.says("begins");
  await listing.stop.click();
  await listing.is("ended");
  await other.is("running");
  await other.is("ended");
  await other.ends("as recorded");
  assert.deepEqual(complaints, []);
});

test("lines from the box are answered one by one, until the end of input", async (t) => {
  const { listing } = await open(t, "chapter7-conversations/line-by-line.html", "chapter7/relay");
  await listing.run.click();
  await listing.is("running");
  for (const [line, answer] of [["aloo", "the waiter: 1: aloo"], ["naan", "the waiter: 2: naan"]]) {
    await listing.input.fill(line);
    await listing.input.press("Enter");
    await listing.says(answer);
    await listing.is("running");
  }
  await listing.figure.getByRole("button", { name: "End of input" }).click();
  await listing.says("the waiter: 2 dishes, coming up");
  await listing.is("ended");
  await listing.ends("exit status 0");
  await hasEnded({ name: "chapter7/relay" });
});

test("a run's WAV can be heard", async (t) => {
  const { page, listing } = await open(t, "chapter6-microphone/samples-into-wav.html", "chapter6/tone_to_wav");
  await listing.run.click();
  await listing.is("ended");
  const audio = listing.figure.locator("audio");
  await audio.waitFor();
  await page.waitForFunction((audio) => audio.duration > 0.9, await audio.elementHandle());
});

test("replay takes its time, ends as recorded, and can be stopped", async (t) => {
  const { listing } = await open(t, SLOW.page, SLOW.name);
  const text = await listing.recorded.textContent();
  await listing.replay.click();
  await listing.is("replaying");
  await listing.says("begins");
  assert.ok(!(await listing.screen.textContent()).includes("two starts"));
  await listing.is("ready");
  assert.equal(await listing.recorded.textContent(), text);
  await listing.replay.click();
  await listing.is("replaying");
  await listing.button("Stop replay").click();
  await listing.is("ready");
  assert.equal(await listing.screen.count(), 0);
});

test("by keyboard alone", async (t) => {
  const { page, listing } = await open(t, SLOW.page, SLOW.name);
  const focused = () => page.evaluate(() => document.activeElement?.ariaLabel ?? document.activeElement?.textContent);
  await listing.figure.locator(".number").focus();
  const reached = [];
  while (!/Copy command/.test(reached.at(-1)) && reached.length < 9) {
    await page.keyboard.press("Tab");
    reached.push(await focused());
  }
  const names = reached.filter((text) => /Listing/.test(text));
  assert.deepEqual(names, ["▶Run", "↻Replay", "X-ray", "Copy command"].map((text) => `${text} ${names[0].slice(5)}`));
  for (const _ of ["X-ray", "Replay", "Run"]) await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Enter");
  await listing.says("begins");
  // The same key that began it ends it: the focus stays where it is.
  assert.match(await focused(), /^■Stop/);
  await page.keyboard.press("Space");
  await listing.is("ended");
  assert.match(await focused(), /^▶Run/);
});

test("a listing is edited: asked once, told what does not compile, and run", async (t) => {
  const { page, listing } = await open(t, FIRST_PAGE, HELLO, { allowed: [/403/] });
  const editor = new Editor(page, HELLO);
  await editor.open();
  const own = readFileSync(path.join(root, "chapters-code/chapter1/src/listings/hello.rs"), "utf8");
  assert.equal(await editor.text.inputValue(), own);
  await editor.text.fill(own.replace("{greeting}", "{farewell}"));
  await editor.run.click();
  await editor.dialog.getByText("with all that you may do").waitFor();
  await editor.dialog.getByRole("button", { name: "Run my edits" }).click();
  await listing.is("failed");
  await listing.ends("it does not compile");
  const line = own.split("\n").findIndex((line) => line.includes("{greeting}")) + 1;
  await editor.messages.getByRole("button", { name: `Line ${line}, error: cannot find value` }).click();
  await editor.messages.getByText("error[E0425]").waitFor();
  assert.deepEqual(await barriers(page), []);
  await page.screenshot({ path: screenshot("edit-real") });
  await editor.text.fill(own.replace("{greeting}", "edited: {greeting}"));
  await editor.run.click();
  await listing.is("ended");
  await listing.says("edited: Hello, World!");
  await listing.ends("not compared · this is an edited listing");
  assert.equal(await editor.messages.getByRole("listitem").count(), 0);
  await editor.close.click();
  await listing.run.click();
  await listing.is("ended");
  await listing.ends("as recorded");
});

/** A port of its own that leads to the server, as of `ssh -L` or `docker run -p`. */
async function forwarded(t) {
  const forward = createServer((near) => {
    const far = connect(Number(server.url.port), "127.0.0.1");
    pipeline(near, far, near, () => {});
  });
  t.after(() => forward.close());
  await new Promise((resolve) => forward.listen(0, "127.0.0.1", resolve));
  return forward.address().port;
}

test("by a forwarded port all is as by the server's own", async (t) => {
  const port = await forwarded(t);
  for (const host of ["127.0.0.1", "localhost"]) {
    const page = await browser.page(t);
    const told = page.waitForResponse((response) => response.url().endsWith("/changes"));
    const address = new URL(server.address(FIRST_PAGE));
    address.host = `${host}:${port}`;
    await page.goto(address.href);
    assert.equal((await told).status(), 200);
    const listing = new Listing(page, HELLO);
    await listing.run.click();
    await listing.is("ended");
    await listing.ends("as recorded");
  }
});

test("a page with no listing, opened without a token, hears of changes", async (t) => {
  const page = await browser.page(t);
  const told = page.waitForResponse((response) => response.url().endsWith("/changes"));
  await page.goto(server.address("appendix-gotchas/index.html", ""));
  assert.equal((await told).status(), 200);
});

test("without a token nothing runs", async (t) => {
  const page = await browser.page(t);
  await page.goto(server.address(FIRST_PAGE, ""));
  const listing = new Listing(page, HELLO);
  await listing.is("ready");
  assert.equal(await listing.run.count(), 0);
  await listing.replay.click();
  await listing.is("ready");
});

test("a page that runs has no barriers, in the light and in the dark", async (t) => {
  for (const colorScheme of ["light", "dark"]) {
    const { page, listing } = await open(t, FIRST_PAGE, HELLO, { colorScheme });
    assert.deepEqual(await barriers(page), []);
    await listing.run.click();
    await listing.is("ended");
    assert.deepEqual(await barriers(page), []);
  }
});
