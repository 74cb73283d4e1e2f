// What the page loads because of us, at first or for an editor: how much it is,
// and that its types hold.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { root, staticBook } from "./book.js";
import { Browser } from "./browser.js";
import { Stage } from "./stage.js";

/** Loaded with every page. */
const PAGE = ["around.css", "listing.css", "markup.js", "server.js", "player.js", "progress.js", "sidebar.js", "keys.js"];
/** Loaded with every page that is served. */
const CHANGES = ["changes.css", "changes.js"];
/** Loaded when Run or Replay is first pressed. */
const PLAYING = ["outcome.js", "terminal.js", "playing.js"];
/** Loaded by the pages that have such a thing. */
const CONTROLS = ["controls.css", "controls.js"];
const DIAGRAM = ["diagram.css"];
const LOOKUP = ["lookup.css"];
const NOTES = ["notes.css"];
const PREDICT = ["predict.css", "predict.js"];
const WHICH_ARROW = ["which-arrow.css", "which-arrow.js"];
const TABLE = ["progress-table.css", "progress-table.js"];
const EDIT = ["edit.css", "edit.js"];
const NEEDS = ["needs.css", "needs.js"];
const EXERCISE = ["exercise.css", "exercise.js"];
const XRAY_LISTING = ["xray-listing.css", "xray-listing.js"];
/** Loaded when an editor is first opened. */
const EDITOR = ["editor.css", "editor.js", "difference.js", "consent.js", "undo.js"];
const EXERCISE_EDITOR = ["exercise-editor.js"];
/** Loaded when an X-ray is first opened. */
const XRAY = ["xray.css", "xray.js", "xray-beside.js"];
const BUDGET = [
  [PAGE, 20.6],
  [CHANGES, 2.8],
  [PLAYING, 18.7],
  [CONTROLS, 8.4],
  [DIAGRAM, 1],
  [LOOKUP, 1],
  [NOTES, 2],
  [PREDICT, 13.4],
  [WHICH_ARROW, 7],
  [TABLE, 6.3],
  [EDIT, 2],
  [NEEDS, 1.6],
  [EXERCISE, 7.1],
  [XRAY_LISTING, 6],
  [EDITOR, 22],
  [EXERCISE_EDITOR, 6],
  [XRAY, 23.5],
];

const FOLDER = path.join(root, "book/page");
const FILES = readdirSync(FOLDER);

for (const [files, most] of BUDGET) {
  test(`what ${files.join(", ")} add to a page stays under ${most} KB`, (t) => {
    const sizes = files.map((file) => statSync(path.join(FOLDER, file)).size);
    const sum = sizes.reduce((sum, size) => sum + size);
    t.diagnostic(`${files.map((file, at) => `${file} ${sizes[at]}`).join(", ")}: ${sum} bytes`);
    assert.ok(sum < most * 1024, `${sum} bytes`);
  });
}

const folder = staticBook();
const browser = await Browser.start();

/** What a page loads of it at first, with the most that it may be in KB. */
const LOADED = [
  ["appendix-gotchas/index.html", 21.1, "text"],
  ["appendix-phrasebook/index.html", 20.6, "phrases"],
  ["chapter2-output-and-errors/index.html", 43, "listings and questions"],
  ["chapter5-pipes/who-holds-the-other-end.html", 62.3, "these, an exercise and X-rays"],
];
for (const [address, most, what] of LOADED) {
  test(`a page with ${what} loads less than ${most} KB, and no more until a press`, async (t) => {
    const page = await browser.page(t);
    const stage = await Stage.open(t, folder);
    stage.isLive = false;
    const sizes = new Map();
    page.on("request", (request) => {
      const [, name, kind] = /\/page\/([a-z-]+?)(?:-[0-9a-f]{8})?\.(css|js)$/.exec(request.url()) ?? [];
      if (name) sizes.set(`${name}.${kind}`, statSync(path.join(FOLDER, `${name}.${kind}`)).size);
    });
    await page.goto(stage.address(address, ""), { waitUntil: "networkidle" });
    const sum = [...sizes.values()].reduce((sum, size) => sum + size);
    t.diagnostic(`${[...sizes.keys()].join(", ")}: ${sum} bytes`);
    assert.ok(sum < most * 1024, `${sum} bytes`);
    assert.ok(["around.css", "listing.css", "player.js", "sidebar.js"].every((file) => sizes.has(file)));
    const replay = page.getByRole("button", { name: /Replay/ }).first();
    if (!(await replay.count())) return;
    assert.deepEqual([...sizes.keys()].filter((file) => PLAYING.includes(file)), []);
    const loads = PLAYING.map((file) => page.waitForRequest(`**/page/${file}`));
    await replay.click();
    await Promise.all(loads);
  });
}

test("every file has its measure", () => {
  assert.deepEqual(FILES.sort(), BUDGET.flatMap(([files]) => files).sort());
});

test("it names no other host", () => {
  for (const file of FILES) {
    assert.doesNotMatch(readFileSync(path.join(FOLDER, file), "utf8"), /https?:|@import|url\(/, file);
  }
});

test("the types hold", () => {
  execFileSync("npx", ["--no-install", "tsc", "--project", "."], { cwd: import.meta.dirname, stdio: "inherit" });
});
