// The X-ray in the page: drawn, stepped through, and tied to its listing.

import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { screenshot, staticBook } from "./book.js";
import { barriers, Browser, Editor, Listing, Question, staysWithin, XRay } from "./browser.js";
import { Stage, TOKEN } from "./stage.js";
import { recorded } from "./xray-rows.js";

const NAME = "chapter2/full_pipe";
const PAGE = "chapter2-output-and-errors/the-65537th-byte.html";

const folder = staticBook();
const browser = await Browser.start();
/** The rows of `NAME`, and the one at which it opens. */
const { rows, open: deadlock } = recorded(folder, PAGE, NAME);

/** Where the first row stands that fits, from a place on. */
function find(fits, from = 0, all = rows) {
  const at = all.findIndex((row, n) => n >= from && fits(row));
  assert.notEqual(at, -1, `${fits}`);
  return at;
}
const printed = (text) => ({ output }) => output?.text.includes(text);
const kind = (kind, of) => (row) => row.kind === kind && (of === undefined || row.at === of);

/** A page with an X-ray, on a stage; its question is passed over already. */
async function open(t, { name = NAME, page: address = PAGE, isLive = true, isAsked = false, ...options } = {}) {
  const page = await browser.page(t, { theme: "light", ...options });
  const stage = await Stage.open(t, folder);
  stage.isLive = isLive;
  if (!isAsked) stage.remake = (html) => html.replaceAll(" data-asked", "");
  await page.goto(stage.address(address, isLive ? undefined : ""));
  return { stage, page, xray: new XRay(page.locator(`figure.xray[data-xray="${name}"]`)), listing: new Listing(page, name) };
}

/** As it is after the X-ray was opened. */
async function opened(t, options) {
  const all = await open(t, options);
  await all.xray.open.click();
  await all.xray.chosen.waitFor();
  return all;
}

const lit = (listing) => listing.figure.locator(".xray-line");
/** Which line of the code a mark lies on, counted from 1. */
const lineOf = (mark) =>
  mark.evaluate((it) => {
    const code = it.parentElement.querySelector("code");
    const { paddingTop, paddingBottom } = getComputedStyle(code);
    const lines = code.textContent.trimEnd().split("\n").length;
    const high = (code.clientHeight - parseFloat(paddingTop) - parseFloat(paddingBottom)) / lines;
    return (it.getBoundingClientRect().top - code.getBoundingClientRect().top - parseFloat(paddingTop)) / high + 1;
  });

test("it is closed until it is opened, and opens at its row", async (t) => {
  const { page, xray } = await open(t);
  assert.equal(await xray.view.count(), 0);
  assert.equal(await page.evaluate(() => "XRay" in globalThis), false);
  assert.equal(await xray.open.getAttribute("aria-expanded"), "false");
  await xray.open.click();
  await xray.says(rows[deadlock].text);
  assert.equal(await xray.open.getAttribute("aria-expanded"), "true");
  assert.equal(await xray.rows.count(), rows.length);
  assert.deepEqual(await xray.boxes.locator("b").allTextContents(), ["full_pipe", "sh"]);
  assert.match(await xray.view.locator(".pic").textContent(), /sh's stderr · full: 65,536 bytes/);
  await xray.open.click();
  assert.equal(await xray.view.isVisible(), false);
});

test("it stays closed until the question before it is answered or passed over", async (t) => {
  const { page, xray } = await open(t, { isAsked: true });
  assert.equal(await xray.open.isDisabled(), true);
  await new Question(page, NAME).look.click();
  await xray.open.click();
  await xray.says("Deadlock");
});

test("the arrows step, and neither turn nor scroll the page", async (t) => {
  const { page, xray } = await opened(t);
  const first = find(printed("65536 bytes"));
  await xray.row(first).click();
  assert.equal(await xray.chosen.locator(".event").textContent(), "65536 bytes of warnings: finished");
  await xray.row(first).scrollIntoViewIfNeeded();
  const before = await page.evaluate(() => [location.href, scrollY]);
  for (const [key, n] of [["ArrowDown", first + 1], ["ArrowRight", first + 2], ["ArrowUp", first + 1], ["ArrowLeft", first], ["End", rows.length - 1], ["ArrowDown", rows.length - 1], ["Home", 0]]) {
    await page.keyboard.press(key);
    assert.equal(await xray.sentence.textContent(), rows[n].text, key);
  }
  assert.deepEqual(await page.evaluate(() => [location.href, scrollY]), before);
  assert.equal(await xray.sentence.getAttribute("aria-live"), "polite");
});

test("the slider is in true time, and the keys step on it too", async (t) => {
  const { page, xray } = await opened(t);
  const box = await xray.slider.boundingBox();
  const at = (part) => page.mouse.click(box.x + box.width * part, box.y + box.height / 2);
  await at(0.5);
  await xray.says("Deadlock");
  await at(0.999);
  assert.notEqual(await xray.sentence.textContent(), rows[deadlock].text);
  await at(0.3);
  await xray.says("Deadlock");
  await page.keyboard.press("ArrowRight");
  await xray.says("65537 bytes of warnings");
  const now = await xray.view.locator(".now").evaluate((it) => parseFloat(it.style.left));
  const end = Math.max(...rows.map(({ t, idle = 0 }) => t + idle));
  assert.ok(Math.abs(now - (rows[deadlock + 1].t / end) * 100) < 0.1, `${now} %`);
  assert.equal(await xray.view.locator(".strip rect").count(), 1);
});

test("a row lights its line, and a deadlock both", async (t) => {
  const { xray, listing } = await opened(t);
  await xray.says("Deadlock");
  const { line, also = [] } = rows[deadlock];
  assert.deepEqual((await Promise.all((await lit(listing).all()).map(lineOf))).map(Math.round), [line, ...also]);
  await xray.row(find(kind("sent"))).click();
  assert.equal(Math.round(await lineOf(lit(listing))), 20);
  assert.equal(await lit(listing).evaluate((it) => it.classList.contains("dim")), false);
  await xray.row(find(({ dim }) => dim)).click();
  assert.equal(Math.round(await lineOf(lit(listing))), 13);
  assert.equal(await lit(listing).evaluate((it) => it.classList.contains("dim")), true);
  await xray.row(0).click();
  assert.equal(await lit(listing).count(), 0);
});

test("a click on a line of the code lights its rows, and chooses the next of them", async (t) => {
  const { page, xray, listing } = await opened(t);
  const click = async (line) => {
    const place = await listing.figure.locator("> pre > code").evaluate((code, line) => {
      const { paddingTop, paddingBottom } = getComputedStyle(code);
      const top = parseFloat(paddingTop);
      const high = (code.clientHeight - top - parseFloat(paddingBottom)) / code.textContent.trimEnd().split("\n").length;
      code.scrollIntoView();
      const { x, y } = code.getBoundingClientRect();
      return { x: x + 20, y: y + top + (line - 0.5) * high };
    }, line);
    await page.mouse.click(place.x, place.y);
  };
  const its = rows.filter(({ line }) => line === 22).map(({ n }) => n);
  assert.equal(its.length, 2);
  await click(22);
  await xray.says(rows[its[1]].text);
  assert.deepEqual(await xray.rows.evaluateAll((all) => all.flatMap((it, n) => (it.matches(".lit") ? n : []))), its);
  await click(22);
  await xray.says(rows[its[0]].text);
  await click(1);
  await xray.says(rows[its[0]].text);
});

test("a click on a line of the output chooses its row", async (t) => {
  const { xray, listing } = await opened(t);
  const run = listing.recorded.locator(".run.stdout");
  const { height } = await run.boundingBox();
  await run.click({ position: { x: 30, y: height * 0.75 } });
  await xray.says("65537 bytes of warnings");
  await run.click({ position: { x: 30, y: height * 0.25 } });
  await xray.says("65536 bytes of warnings");
});

test("who holds what is folded until it is asked for", async (t) => {
  const name = "chapter5/grandchild";
  const page = "chapter5-pipes/who-holds-the-other-end.html";
  const { rows } = recorded(folder, page, name);
  const { xray } = await opened(t, { name, page });
  const turn = xray.row(find(kind("spawned"), 2, rows)).locator("small");
  assert.equal(await turn.textContent(), "");
  assert.doesNotMatch(await xray.boxes.first().textContent(), /[→←]/);
  await xray.ask.click();
  // It is a copy of sh until its exec, which may be told in a later row.
  const held = (await turn.textContent()).replaceAll("child of sh", "sleep");
  assert.equal(held, "sh's stdout: sh, sleep → grandchild; sh's stderr: grandchild, sh, sleep → grandchild");
  assert.match(await xray.boxes.first().textContent(), /0 ← stdin1 → stdout2 → stderr/);
  await xray.ask.click();
  assert.equal(await turn.textContent(), "");
  // What is not as the program's own is drawn anyhow.
  await xray.row(find(({ idle }) => idle > 0.5, find(({ round }) => round === 2, 0, rows), rows)).click();
  assert.match(await xray.boxes.last().textContent(), /^sleep.*1 → \/dev\/null$/);
});

test("two descriptors on one end are two, and who is collected goes with the next row", async (t) => {
  const { xray } = await opened(t);
  assert.equal(await xray.view.locator(".pic path.write:not(.tip)").count(), 3);
  const collected = find(kind("ended", 1), deadlock);
  await xray.row(collected).click();
  assert.equal(await xray.view.locator(".pic .box.gone").textContent(), "sh† SIGKILL, collected by full_pipe");
  await xray.row(collected + 1).click();
  assert.deepEqual(await xray.boxes.locator("b").allTextContents(), ["full_pipe"]);
});

test("a deadlock is told in full once, and no lead passes a tube on its way", async (t) => {
  const { xray } = await opened(t);
  assert.match(await xray.chosen.locator(".event").textContent(), /^Deadlock for [\d.]+ m?s$/);
  const crossed = await xray.view.locator(".tubes").evaluate((svg) => {
    const pills = [...svg.querySelectorAll("rect.tube")].map((it) => ["x", "y", "width"].map((name) => Number(it.getAttribute(name))));
    const leads = [...svg.querySelectorAll("path:is(.read, .write):not(.tip)")].map((it) => it.getAttribute("d").match(/[\d.]+/g).map(Number));
    return leads.flatMap(([at, , end]) => pills.filter(([x, y, width]) => x < at && at < x + width && y < end - 1)).length;
  });
  assert.equal(crossed, 0);
});

test("on a phone no words beside a lane are cut", async (t) => {
  for (const [name, address] of [[NAME, PAGE], ["chapter5/grandchild", "chapter5-pipes/who-holds-the-other-end.html"], ["chapter7/fifty_zombies", "chapter7-conversations/zombies-and-orphans.html"]]) {
    const { page, xray } = await opened(t, { name, page: address, viewport: { width: 360, height: 800 } });
    const { rows } = recorded(folder, address, name);
    const marked = rows.filter(({ mark }) => mark);
    assert.ok(marked.length, name);
    for (const { n, mark } of marked) {
      await xray.row(n).click();
      const label = xray.chosen.locator("text").first();
      assert.equal(await label.textContent(), mark);
      const [words, region] = await Promise.all([label.boundingBox(), xray.region.boundingBox()]);
      assert.ok(words.x + words.width <= region.x + region.width, `${name}: ${mark}`);
    }
    await page.close();
  }
});

test("who lives stands in the picture, and no tube sticks out of it", async (t) => {
  const shown = { "chapter0/what_lives_on": "chapter0-kitchen/start-and-finish.html", "chapter6/unread_stderr": "chapter6-microphone/what-ffmpeg-reads-and-writes.html" };
  for (const [name, address] of Object.entries(shown)) {
    for (const width of [1100, 360]) {
      const { page, xray } = await opened(t, { name, page: address, viewport: { width, height: 900 } });
      const outside = await xray.view.locator(".pic").evaluate((pic) => {
        const { left } = pic.getBoundingClientRect();
        const { right } = pic.closest(".scroll").getBoundingClientRect();
        const all = [...pic.querySelectorAll(".box, rect, text")].filter((it) => it.getBoundingClientRect().width);
        const isOutside = (it) => it.getBoundingClientRect().right > right + 1 || it.getBoundingClientRect().left < left - 1;
        return all.filter(isOutside).map((it) => it.textContent || it.outerHTML);
      });
      assert.deepEqual(outside, [], `${name}, ${width}`);
      await page.close();
    }
  }
});

test("a live run: rows as they happen, replaced ones too, and its end", async (t) => {
  const { stage, page, listing } = await open(t);
  const xray = new XRay(listing.figure);
  await listing.button("X-ray").click();
  const run = await stage.run();
  assert.deepEqual(run.body, { chapter: "chapter2", listing: "full_pipe", xray: true, opens: "deadlock" });
  run.send({ kind: "building", what: "the tracer" });
  await listing.ends("the tracer is being built");
  run.started();
  await listing.is("running");
  const row = (row) => run.send({ t: row.t, kind: "row", row });
  row(rows[0]);
  await xray.says("full_pipe starts");
  const [, { changes }] = rows;
  row({ ...rows[1], text: "full_pipe starts a child", changes: { ...changes, boxes: { ...changes.boxes, 1: { ...changes.boxes[1], name: "child of full_pipe" } } } });
  await xray.says("full_pipe starts a child");
  row(rows[1]);
  await xray.says("full_pipe starts sh");
  assert.equal(await xray.rows.count(), 2);
  assert.deepEqual(await xray.boxes.locator("b").allTextContents(), ["full_pipe", "sh"]);
  assert.equal(await xray.sentence.getAttribute("aria-live"), "off");
  // An older row than the last may be replaced: what follows is drawn anew.
  const first = find(printed("65536 bytes"));
  for (const it of rows.slice(2, first + 1)) row(it);
  await xray.says("65536 bytes");
  const ended = find(kind("ended", 1));
  assert.ok(ended < first);
  row({ ...rows[ended], changes: { boxes: { 1: { life: "gone", end: "exit 0", holds: [] } } } });
  await page.waitForFunction(() => document.querySelectorAll(".pic .box").length === 1);
  for (const it of rows.slice(2)) row(it);
  await xray.says(rows[rows.length - 1].text);
  run.send({ kind: "opens", row: deadlock });
  run.end();
  await listing.is("ended");
  await xray.says("Deadlock");
  assert.equal(await xray.rows.count(), rows.length);
  assert.deepEqual(await xray.rows.evaluateAll((all) => all.flatMap((it, n) => (it.ariaCurrent ? n : []))), [deadlock]);
  assert.equal(await xray.view.locator(".undefined").count(), 0);
  assert.equal(await xray.sentence.getAttribute("aria-live"), "polite");
  // What it printed is one line: the listing's own looks do not reach into it.
  assert.ok((await xray.row(first).boundingBox()).height < 40);
  // Run alone traces nothing, and takes the last run's X-ray away.
  await listing.run.click();
  assert.deepEqual((await stage.run()).body, { chapter: "chapter2", listing: "full_pipe" });
  await xray.view.waitFor({ state: "detached" });
});

test("X-ray that is pressed again while what draws it loads starts one run, and does not stop it", async (t) => {
  const { stage, page, listing } = await open(t);
  let answer;
  const answered = new Promise((resolve) => (answer = resolve));
  await page.route("**/page/xray.js", async (route) => {
    await answered;
    await route.continue();
  });
  const button = listing.button("X-ray");
  const asked = page.waitForRequest("**/page/xray.js");
  await button.click();
  await asked;
  await button.click();
  answer();
  await listing.is("waiting");
  const run = await stage.run();
  run.started();
  await listing.is("running");
  run.stdout("on it goes\n");
  run.end();
  await listing.ends("exit status 0");
  await listing.says("on it goes");
});

test("in an old tab X-ray says so, and leaves what is shown", async (t) => {
  const { stage, listing } = await open(t, { allowed: [/401/] });
  const xray = new XRay(listing.figure);
  const isRefused = async () => {
    stage.token = "another";
    await listing.button("X-ray").click();
    await listing.is("failed");
    await listing.ends("the book's server was started anew");
  };
  await isRefused();
  assert.ok(await listing.recorded.isVisible());
  assert.deepEqual([await listing.screen.count(), await xray.view.count()], [0, 0]);
  stage.token = TOKEN;
  await listing.button("X-ray").click();
  const run = await stage.run();
  run.started();
  run.send({ kind: "row", row: rows[0] });
  run.stdout("said by the run\n");
  run.end();
  await listing.is("ended");
  await xray.says(rows[0].text);
  await isRefused();
  await listing.says("said by the run");
  assert.equal(await xray.rows.count(), 1);
});

test("an edit's X-ray goes with the line that it lit", async (t) => {
  const { stage, page, listing } = await open(t);
  const editor = new Editor(page, NAME);
  const xray = new XRay(listing.figure);
  await editor.open();
  await listing.button("X-ray").click();
  const run = await stage.run();
  run.started();
  run.send({ t: 0, kind: "row", row: rows[0] });
  await xray.says(rows[0].text);
  // What goes on is not taken away with the editor.
  await editor.close.click();
  await editor.open();
  for (const row of rows.slice(1)) run.send({ t: row.t, kind: "row", row });
  run.end();
  await listing.is("ended");
  await xray.row(deadlock).click();
  await lit(listing).first().waitFor({ state: "attached" });
  await editor.close.click();
  await listing.is("ready");
  assert.equal(await xray.view.count(), 0);
  await editor.open();
  assert.equal(await lit(listing).count(), 0);
});

test("whom the reader chooses in a live run stays chosen", async (t) => {
  const { stage, listing } = await open(t);
  const xray = new XRay(listing.figure);
  await listing.button("X-ray").click();
  const run = await stage.run();
  run.started();
  const first = find(printed("65536 bytes"));
  for (const row of rows.slice(0, first + 1)) run.send({ kind: "row", row });
  await xray.says("65536 bytes");
  await xray.row(1).click();
  for (const row of rows.slice(first + 1)) run.send({ kind: "row", row });
  run.send({ kind: "opens", row: deadlock });
  run.end();
  await listing.is("ended");
  await xray.view.locator(".count", { hasText: `2 of ${rows.length}` }).waitFor();
});

test("where nothing can be traced it says why, and the run goes on", async (t) => {
  const { stage, listing } = await open(t);
  await listing.button("X-ray").click();
  const run = await stage.run();
  run.send({ kind: "untraced", why: "the kernel refuses ptrace" });
  run.started();
  run.stdout("on it goes\n");
  run.end();
  await listing.is("ended");
  await listing.figure.getByText("No X-ray: the kernel refuses ptrace").waitFor();
  await listing.says("on it goes");
});

test("where what draws it cannot be loaded it says so, and the next press tries again", async (t) => {
  const { stage, page, xray, listing } = await open(t, { allowed: [/Failed to load resource/] });
  await page.route("**/page/xray.js", (route) => route.abort());
  const says = /^No X-ray: the script that draws it could not be loaded/;
  await xray.open.click();
  await xray.part.getByRole("alert").filter({ hasText: says }).waitFor();
  await listing.button("X-ray").click();
  await listing.figure.getByRole("alert").filter({ hasText: says }).waitFor();
  await page.unroute("**/page/xray.js");
  await xray.open.click();
  await xray.says("Deadlock");
  assert.equal(await xray.part.getByRole("alert").count(), 0);
  await listing.button("X-ray").click();
  assert.equal((await stage.run()).body.xray, true);
  assert.equal(await listing.figure.getByRole("alert").count(), 0);
});

test("on a static host X-ray stands beside Replay, and opens what was recorded", async (t) => {
  const { listing, xray } = await open(t, { isLive: false });
  await listing.button("X-ray of").click();
  await xray.says("Deadlock");
});

test("from a folder, without any host", async (t) => {
  const page = await browser.page(t, { allowed: [/^request: file:/] });
  await page.goto(pathToFileURL(path.join(folder, PAGE)).href);
  await new Question(page, NAME).look.click();
  const xray = new XRay(page.locator(`figure.xray[data-xray="${NAME}"]`));
  await xray.open.click();
  await xray.says("Deadlock");
  await page.keyboard.press("Tab");
});

test("without JavaScript, and on paper, stands the table", async (t) => {
  const table = `figure.xray[data-xray="${NAME}"] > .xray-table`;
  const plain = await open(t, { isLive: false, javaScriptEnabled: false });
  assert.ok(await plain.page.locator(table).isVisible());
  assert.equal(await plain.page.locator("figure.xray button").count(), 0);
  const { page, xray } = await opened(t);
  assert.equal(await page.locator(table).isVisible(), false);
  await page.emulateMedia({ media: "print" });
  assert.ok(await page.locator(table).isVisible());
  assert.equal(await xray.view.isVisible(), false);
  assert.equal(await page.locator("figure.xray button:visible, figure.listing button:visible").count(), 0);
});

for (const theme of ["light", "rust", "coal", "navy", "ayu"]) {
  for (const [width, pixels] of Object.entries({ wide: 1100, narrow: 360 })) {
    test(`${theme}, ${width}: nothing sticks out, and nobody is kept out`, async (t) => {
      const viewport = { width: pixels, height: 900 };
      const { page, xray } = await opened(t, { theme, viewport });
      await xray.ask.click();
      assert.ok(await staysWithin(page));
      if (width === "wide") assert.ok(await xray.region.evaluate((it) => it.scrollWidth <= it.clientWidth), "nothing scrolls sideways");
      assert.deepEqual(await barriers(page), []);
      await xray.ask.click();
      await xray.part.scrollIntoViewIfNeeded();
      await xray.part.screenshot({ path: screenshot(`xray-${theme}-${width}`) });
    });
  }
}

test("on a phone the sentence stays in sight, above the picture, and words under their rows", async (t) => {
  const { xray } = await opened(t, { viewport: { width: 360, height: 700 } });
  await xray.row(rows.length - 1).click();
  const [view, told, state, lanes, words] = await Promise.all(
    [xray.region, xray.sentence, xray.view.locator(".pic"), xray.chosen.locator(".lanes"), xray.chosen.locator(".event")].map((it) => it.boundingBox()),
  );
  assert.ok(told.y >= view.y && told.y < view.y + 10, "the sentence is at the top");
  assert.ok(state.y >= told.y + told.height, "the picture is below it");
  assert.ok(words.y >= lanes.y + lanes.height - 1, "words are under the lanes");
  assert.ok(words.y + words.height <= view.y + view.height, "the chosen row is in sight");
});
