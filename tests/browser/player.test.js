// The player, against a server that does what each test says.

import assert from "node:assert/strict";
import { once } from "node:events";
import { test } from "node:test";
import { screenshot, staticBook } from "./book.js";
import { Browser, Listing } from "./browser.js";
import { Stage, TOKEN } from "./stage.js";

const PAGE = "chapter1-run/index.html";
const NAME = "chapter1/hello";

const folder = staticBook();
const browser = await Browser.start();

/** A stage, and a page on it that shows a listing. */
async function open(t, { fragment, reads = [], ...options } = {}) {
  const page = await browser.page(t, options);
  const stage = await Stage.open(t, folder);
  reads.forEach((name) => stage.reads.add(name));
  await page.goto(stage.address(PAGE, fragment));
  return { stage, page, listing: new Listing(page, NAME) };
}

test("output arrives before the run ends, and the end is told", async (t) => {
  const { stage, listing } = await open(t);
  await listing.is("ready");
  await listing.run.click();
  const run = await stage.run();
  assert.deepEqual(run.body, { chapter: "chapter1", listing: "hello" });
  run.started();
  await listing.is("running");
  run.stdout("first\n");
  await listing.says("first");
  run.stdout("second\n");
  await listing.says("second");
  run.end();
  await listing.is("ended");
  assert.equal(await listing.state.textContent(), "exit status 0 · 8 ms · as recorded");
  assert.match(await listing.heard.textContent(), /^Listing 1-1: exit status 0, 8 ms, as recorded$/);
});

test("a run that waits says so", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.click();
  const run = await stage.run();
  run.send({ kind: "waiting", ahead: 2 });
  await listing.is("waiting");
  await listing.ends("waiting, 2 ahead");
  run.send({ kind: "waiting", ahead: 1 });
  await listing.ends("waiting, 1 ahead");
  await listing.stop.click();
  await listing.is("ended");
  await run.closed;
});

test("a run before its chapter is built says what it waits for, and runs", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.click();
  const given = await stage.run();
  given.send({ kind: "waiting", ahead: 1, what: "chapter3" });
  await listing.ends("waiting, 1 ahead: chapter3 is being built");
  given.send({ kind: "building", what: "chapter1" });
  await listing.ends("chapter1 is being built");
  await listing.is("waiting");
  assert.match(await listing.heard.textContent(), /^Listing 1-1: chapter1 is being built$/);
  // Nothing runs yet: Stop gives up the waiting.
  await listing.stop.click();
  await listing.is("ended");
  await given.closed;
  await listing.run.click();
  const run = await stage.run();
  run.send({ kind: "building", what: "chapter1" });
  await listing.ends("chapter1 is being built");
  run.started();
  await listing.is("running");
  run.stdout("hello\n");
  run.end();
  await listing.ends("as recorded");
});

test("what does not compile is told where the output would stand", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.click();
  const run = await stage.run();
  run.send({ kind: "stderr", text: "error: expected `)`\n" });
  run.end({ kind: "failed", message: "chapter1 could not be built" });
  await listing.is("failed");
  await listing.ends("chapter1 could not be built");
  await listing.says("error: expected `)`");
});

test("what could not be started says why", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.click();
  (await stage.run()).end({ kind: "failed", message: "there is no python3" });
  await listing.is("failed");
  await listing.ends("there is no python3");
});

test("what the server refuses stands in the page in its words", async (t) => {
  const { stage, listing } = await open(t, { allowed: [/404/] });
  stage.refusal = [404, "there is no listing chapter1/hello"];
  await listing.run.click();
  await listing.is("failed");
  await listing.ends("there is no listing chapter1/hello");
});

test("a replay that a refused run has ended leaves the recording", async (t) => {
  const { stage, page, listing } = await open(t, { allowed: [/404/] });
  // The replay stands still.
  await page.clock.install({ time: 0 });
  await page.clock.pauseAt(1000);
  await listing.replay.click();
  await listing.is("replaying");
  await listing.screen.waitFor({ state: "attached" });
  stage.refusal = [404, "there is no listing chapter1/hello"];
  await listing.run.click();
  await listing.is("failed");
  await listing.ends("there is no listing chapter1/hello");
  assert.equal(await listing.screen.count(), 0);
  assert.ok(await listing.recorded.isVisible());
});

test("a server that goes away is missed", async (t) => {
  const { stage, listing } = await open(t, { allowed: [/ERR_/] });
  await listing.run.click();
  const run = await stage.run();
  run.started();
  await listing.is("running");
  run.response.destroy();
  await listing.is("failed");
  stage.close();
  await listing.run.click();
  await listing.ends("the book's server does not answer");
});

test("a verdict is the server's, and differences are listed", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.click();
  const run = await stage.run();
  run.started();
  run.end(
    { kind: "exited", signal: 9, seconds: 1.234 },
    { kind: "compared", verdict: "differs", differences: ["stdout: line 1 is `a`, was `b`"] },
  );
  await listing.is("ended");
  assert.equal(await listing.state.textContent(), "ended by signal 9 · 1.23 s · not as recorded");
  await listing.figure.getByText("How it differs").click();
  await listing.figure.getByText("stdout: line 1 is `a`, was `b`").waitFor();
});

test("a difference can be reported: by a link, or by a text to copy", async (t) => {
  const { stage, listing } = await open(t);
  for (const link of ["https://example.org/book/issues/new?title=a", undefined]) {
    await listing.run.click();
    const run = await stage.run();
    run.started();
    run.end(
      { kind: "exited", code: 0, seconds: 0.1 },
      { kind: "compared", verdict: "differs", differences: ["it is"], report: { text: "- Linux 6.1\n", link } },
    );
    await listing.is("ended");
    await listing.figure.getByText("How it differs").click();
    const report = listing.figure.getByText("Something else on your machine?");
    await report.waitFor();
    if (link) assert.equal(await report.getByRole("link").getAttribute("href"), link);
    else assert.match(await listing.figure.locator("pre", { hasText: "Linux 6.1" }).textContent(), /^- Linux/);
  }
});

test("time limits, leftovers and kinds of the future", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.click();
  const run = await stage.run();
  run.started();
  run.send({ kind: "drawn", x: 1 });
  run.end(
    { kind: "timed_out", seconds: 60 },
    { kind: "left_behind", pid: 8, name: "sleep" },
    { kind: "exited", signal: 9, seconds: 60.1 },
    { kind: "compared", verdict: "not_compared", differences: [], why: "it was recorded on linux" },
  );
  await listing.is("ended");
  assert.equal(
    await listing.state.textContent(),
    "ended by signal 9 · 60.10 s · stopped after 60 s, its limit · left sleep behind · not compared · it was recorded on linux",
  );
});

test("stop asks the server, and a second press goes away", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.click();
  const run = await stage.run();
  run.started("r42");
  await listing.is("running");
  const posted = stage.posted();
  await listing.stop.click();
  assert.deepEqual(await posted, { pathname: "/runs/r42/stop", body: {} });
  await listing.ends("stopping");
  await listing.stop.click();
  await listing.is("ended");
  await run.closed;
});

test("a double click on Run does not stop what it began", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.dblclick();
  const run = await stage.run();
  run.started();
  run.end();
  await listing.ends("as recorded");
});

for (const how of ["by mouse", "by keyboard", "held while the run ends"]) {
  test(`who means Stop when the run has just ended does not run it again: ${how}`, async (t) => {
    const { stage, page, listing } = await open(t);
    // From here the page's time passes when the test says so.
    await page.clock.install();
    const later = new Date(Date.now() + 60_000);
    await page.clock.pauseAt(later);
    await listing.run.click();
    const run = await stage.run();
    run.started();
    await listing.is("running");
    const button = listing.figure.locator(".play");
    if (how.startsWith("held")) await page.mouse.down();
    run.end();
    await listing.is("ended");
    if (how === "by mouse") await button.click({ force: true });
    else if (how === "by keyboard") await button.press("Enter");
    // The press may end much later than the run.
    for (let n = 0; n < 5 && how.startsWith("held"); ++n) await page.clock.runFor(1000);
    await page.mouse.up();
    assert.equal(await listing.figure.getAttribute("data-state"), "ended");
    assert.ok(await button.evaluate((button) => button.matches(":focus")), "and it keeps the focus");
    await page.clock.runFor(1000);
    await listing.run.click();
    await stage.run();
  });
}

test("lines go to stdin, and its end", async (t) => {
  const { stage, page, listing } = await open(t, { reads: [NAME] });
  assert.equal(await listing.input.isDisabled(), true);
  const before = await listing.figure.boundingBox();
  await listing.run.click();
  const run = await stage.run();
  run.started();
  await listing.is("running");
  assert.equal((await listing.figure.boundingBox()).height, before.height);
  await listing.input.fill("one two");
  // mdBook turns the page on an arrow, elsewhere.
  await page.keyboard.press("ArrowRight");
  let posted = stage.posted();
  await page.keyboard.press("Enter");
  assert.deepEqual(await posted, { pathname: "/runs/r1/stdin", body: { text: "one two\n" } });
  await listing.says("one two");
  run.stdout("you said one two\n");
  await listing.says("you said one two");
  posted = stage.posted();
  await listing.figure.getByRole("button", { name: "End of input" }).click();
  assert.deepEqual((await posted).body, { end: true });
  assert.equal(await listing.input.isDisabled(), true);
  run.end();
  await listing.is("ended");
});

test("a line goes out when the server has the one before it", async (t) => {
  const { stage, page, listing } = await open(t, { reads: [NAME] });
  await listing.run.click();
  const run = await stage.run();
  run.started();
  await listing.is("running");
  stage.heldBack = [];
  let posted = stage.posted();
  for (const line of ["one", "two"]) {
    await listing.input.fill(line);
    await page.keyboard.press("Enter");
    await listing.says(line);
  }
  assert.equal((await posted).body.text, "one\n");
  // A request that the page has sent before this one is there by now.
  await page.evaluate(() => fetch(location.pathname));
  assert.equal(stage.heldBack.length, 1);
  posted = stage.posted();
  stage.heldBack[0]();
  assert.equal((await posted).body.text, "two\n");
  run.end();
  await listing.is("ended");
});

test("pieces cut anywhere, bytes that are no text, and control characters", async (t) => {
  const { stage, listing } = await open(t);
  const base64 = (...bytes) => ({ kind: "stdout", base64: Buffer.from(bytes).toString("base64") });
  await listing.run.click();
  const run = await stage.run();
  run.started();
  run.send(base64(0x63, 0xc3), base64(0xa9, 0xff, 0x0a), base64(0xe2, 0x82));
  run.stdout("\x1b[31mred\r\n1%\r2%\r", "3%");
  run.end({ kind: "exited", code: 0, seconds: 0.1 });
  await listing.is("ended");
  const said = await listing.screen.locator(".run").allTextContents();
  assert.deepEqual(said, ["cé\ufffd\n\ufffd\\x1b[31mred\\r\n1%\\r\n2%\\r\n3%"]);
});

test("stderr bears its mark, and its lines are whole", async (t) => {
  const { stage, listing } = await open(t);
  await listing.run.click();
  const run = await stage.run();
  run.started();
  run.stderr("wa", "rning\nno newline");
  run.stdout("out\n");
  run.stderr("end\n");
  run.end();
  await listing.is("ended");
  const lines = listing.screen.locator(".run.stderr .line");
  assert.deepEqual(await lines.allTextContents(), ["warning\n", "no newline", "end\n"]);
  const mark = await lines.first().evaluate((line) => getComputedStyle(line, "::before").content);
  assert.match(mark, /^"err"/);
});

test("a million short lines: the first and the last, and the page stays awake", async (t) => {
  const { stage, page, listing } = await open(t);
  await page.evaluate(() => {
    globalThis.longest = 0;
    const began = (globalThis.began = performance.now());
    let last = began;
    const frame = (now) => {
      globalThis.longest = Math.max(globalThis.longest, now - last);
      last = now;
      requestAnimationFrame(frame);
    };
    requestAnimationFrame(frame);
  });
  await listing.run.click();
  const run = await stage.run();
  run.started();
  for (let line = 0; line < 1_000_000; ) {
    const pieces = [];
    for (const end = line + 1000; line < end; line++) pieces.push(`${line}\n`);
    if (!run.stdout(...pieces)) await new Promise((resolve) => run.response.once("drain", resolve));
  }
  run.end();
  await listing.is("ended");
  const text = await listing.screen.textContent();
  assert.match(text, /cargo run -p chapter1 -- hello0\n1\n2\n/);
  assert.match(text, /\n999998\n999999\n$/);
  assert.match(text, /6\d{3} KiB left out/);
  assert.ok(text.length < 140_000, `${text.length} characters`);
  // A busy machine stretches both alike. On an idle one the longest was a twentieth.
  const [longest, whole] = await page.evaluate(() => [globalThis.longest, performance.now() - globalThis.began]);
  t.diagnostic(`longest frame ${Math.round(longest)} ms of ${Math.round(whole)}`);
  assert.ok(longest < whole / 5, `a frame took ${longest} ms of ${whole}`);
});

test("the box keeps its recorded height, and grows to a limit", async (t) => {
  const { stage, page, listing } = await open(t);
  const height = async () => (await listing.terminal.boundingBox()).height;
  const recorded = await height();
  await listing.run.click();
  const run = await stage.run();
  run.started();
  await listing.is("running");
  assert.equal(await height(), recorded);
  run.stdout("line\n".repeat(500));
  run.end();
  await listing.is("ended");
  assert.ok((await height()) <= 650);
  await listing.terminal.and(page.locator("[tabindex='0']")).waitFor();
  const below = await listing.terminal.evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
  assert.ok(below < 2, "it follows the end");
});

test("what outgrows a box that keeps its size can be reached by keyboard", async (t) => {
  const { stage, page, listing } = await open(t);
  const box = (rest) => listing.terminal.and(page.locator(rest)).waitFor();
  await listing.run.click();
  const run = await stage.run();
  run.started();
  run.stdout("wide");
  await box("[tabindex='-1']:not(.more)");
  const before = await listing.terminal.boundingBox();
  run.stdout("r".repeat(300));
  await box("[tabindex='0'].more");
  assert.deepEqual(await listing.terminal.boundingBox(), before);
  run.end();
  await listing.replay.click();
  await box("[tabindex='-1']:not(.more)");
});

test("artifacts: heard, seen, kept", async (t) => {
  const { stage, page, listing } = await open(t);
  stage.artifacts.set("/runs/r1/artifacts/a.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  stage.artifacts.set("/runs/r1/artifacts/b%20c.txt", "text");
  await listing.run.click();
  const run = await stage.run();
  run.started();
  const file = (name, type) => ({ name, type, bytes: 2048 });
  const large = { ...file("large.wav", "audio/wav"), too_large: true };
  const small = { name: "letter", type: "text/plain", bytes: 12 };
  stage.artifacts.set("/runs/r1/artifacts/letter", "twelve bytes");
  run.send({ kind: "artifacts", files: [file("a.svg", "image/svg+xml"), file("b c.txt", "text/plain"), small, large] });
  run.end();
  const image = listing.figure.getByRole("img", { name: "a.svg" });
  await image.waitFor();
  await listing.figure.getByText("file it left: letter, 12 bytes").waitFor();
  await page.waitForFunction((image) => image.naturalWidth === 9, await image.elementHandle());
  await listing.figure.getByText("file it left: large.wav, 2 KiB: too large for the page").waitFor();
  const download = page.waitForEvent("download");
  await listing.figure.getByRole("link", { name: "b c.txt" }).click();
  assert.equal((await download).suggestedFilename(), "b c.txt");
});

test("leaving the page ends the run", async (t) => {
  const { stage, page, listing } = await open(t);
  for (const leave of [() => page.reload(), () => page.goto("about:blank")]) {
    await listing.run.click();
    const run = await stage.run();
    run.started();
    await listing.is("running");
    await leave();
    await run.closed;
  }
});

test("the token leaves the address bar, another fragment stays, and the tab keeps it", async (t) => {
  const { stage, page, listing } = await open(t, { fragment: `#listing-chapter1-hello&token=${TOKEN}` });
  assert.equal(page.url(), stage.address(PAGE, "#listing-chapter1-hello"));
  await page.goto(stage.address("chapter1-run/when-it-fails.html", ""));
  await page.goto(stage.address(PAGE, ""));
  await listing.run.waitFor();
});

test("without a token the page replays, and says which address to open", async (t) => {
  const { stage, page, listing } = await open(t, { fragment: "" });
  await listing.figure.getByText("open the address that the server printed in the terminal").waitFor();
  assert.equal(await listing.run.count(), 0);
  await listing.replay.click();
  await listing.is("ready");
  // The address is pasted into the same tab.
  await page.goto(stage.address(PAGE));
  await listing.run.waitFor();
});

test("an old token says which address to open", async (t) => {
  const { listing } = await open(t, { fragment: "#token=old", allowed: [/401/] });
  await listing.run.click();
  await listing.is("failed");
  await listing.ends("open the address that the server printed in the terminal");
});

test("a tab from before a restart says so when it loads, and when it is seen again", async (t) => {
  const { stage, page } = await open(t, { fragment: "#token=fedc", allowed: [/401/] });
  const bar = page.getByRole("alert");
  const isTold = () => bar.getByText("This tab is old: the book was started anew. What you answered is kept.").waitFor();
  await isTold();
  await stage.tell("mended");
  await stage.tell("broken", "a.md:3");
  await bar.getByText("a.md:3").waitFor();
  await isTold();
  // It hears after the page that the server has refused once more.
  await page.evaluate(() => {
    globalThis.refused = new Promise((resolve) => addEventListener("old", () => resolve(null), { once: true }));
  });
  await stage.tell("progress");
  await page.evaluate(() => globalThis.refused);
  assert.match(await bar.innerText(), /a\.md:3/);
  await isTold();
  await page.screenshot({ path: screenshot("old-tab") });
  // The address is that of the server, until it is started anew.
  await page.goto("about:blank");
  await page.goto(stage.address(PAGE));
  await stage.tell("hello", "", "first");
  await page.getByText("0 of 3 predicted").waitFor();
  assert.equal(await bar.innerText(), "");
  stage.token = "another";
  const seenAgain = () => page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await Promise.all([once(stage, "page"), seenAgain()]);
  await stage.tell("hello", "", "first");
  await isTold();
});

test("a changed book is shown where the page was scrolled", async (t) => {
  const { stage, page } = await open(t);
  await page.evaluate(() => scrollTo(0, 1500));
  const loaded = page.waitForEvent("load");
  await stage.tell("reload");
  await loaded;
  // A font that comes late moves it by a pixel or two.
  await page.waitForFunction(() => Math.abs(scrollY - 1500) < 8);
});

test("a changed book waits for the run that is under way", async (t) => {
  const { stage, page, listing } = await open(t);
  await listing.run.click();
  const run = await stage.run();
  run.started();
  await listing.is("running");
  await stage.tell("reload");
  const show = page.getByRole("button", { name: "Show it" });
  await show.waitFor();
  run.end();
  await listing.is("ended");
  const loaded = page.waitForEvent("load");
  await show.click();
  await loaded;
});

test("a broken book says so until it is mended", async (t) => {
  const { stage, page } = await open(t);
  await stage.tell("broken", "error: book/a.md:3: there is no listing x\nthe book has 1 problem");
  const bar = page.getByRole("alert");
  await bar.getByText("the book has 1 problem").waitFor();
  await stage.tell("mended");
  await page.waitForFunction(() => !document.querySelector(".book-bar").textContent);
});

test("what is heard is the state and the end, not each line", async (t) => {
  const { stage, page, listing } = await open(t);
  await page.evaluate(() => {
    globalThis.heard = [];
    const status = document.querySelector("figure [role=status]");
    new MutationObserver(() => globalThis.heard.push(status.textContent)).observe(status, { childList: true });
  });
  await listing.run.click();
  const run = await stage.run();
  run.started();
  for (let line = 0; line < 50; line++) {
    run.stdout(`${line}\n`);
    await listing.says(`${line}`);
  }
  run.end();
  await listing.is("ended");
  const heard = await page.evaluate(() => globalThis.heard.filter(Boolean));
  assert.deepEqual(heard, [
    "Listing 1-1: waiting",
    "Listing 1-1: running",
    "Listing 1-1: exit status 0, 8 ms, as recorded",
  ]);
  assert.equal(await listing.terminal.getAttribute("aria-live"), null);
});

test("two listings of a page run at once", async (t) => {
  const { stage, page, listing } = await open(t);
  const names = await page.locator("figure.listing").evaluateAll((all) => all.map((one) => one.dataset.listing));
  const other = new Listing(page, names.find((name) => name !== NAME));
  await listing.run.click();
  const first = await stage.run();
  await other.run.click();
  const second = await stage.run();
  first.started("a");
  second.started("b");
  second.stdout("for the second\n");
  await other.says("for the second");
  first.stdout("for the first\n");
  await listing.says("for the first");
  second.end();
  await other.is("ended");
  await listing.is("running");
  first.end();
  await listing.is("ended");
});
