// What the page loads because of us, at first or for an editor: how much it is,
// and that its types hold.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { root } from "./book.js";

/** Loaded with every page. */
const PLAYER = [
  "listing.css",
  "player.css",
  "markup.js",
  "server.js",
  "outcome.js",
  "terminal.js",
  "controls.js",
  "changes.js",
  "player.js",
];
const PREDICT = ["predict.css", "predict.js"];
/** Loaded on pages with such a question, but for its CSS. */
const WHICH_ARROW = ["which-arrow.css", "which-arrow.js"];
const DIAGRAM = ["diagram.css"];
const NOTES = ["notes.css"];
const PROGRESS = ["progress.js"];
const SIDEBAR = ["sidebar.css", "sidebar.js"];
const TABLE = ["progress-table.css", "progress-table.js"];
const EDIT = ["edit.css", "edit.js"];
const EXERCISE = ["exercise.css", "exercise.js"];
/** Loaded when an editor is first opened. */
const EDITOR = ["editor.css", "editor.js", "difference.js", "consent.js", "undo.js"];
const EXERCISE_EDITOR = ["exercise-editor.js"];
const KEYS = ["keys.css", "keys.js"];
const XRAY_LISTING = ["xray-listing.css", "xray-listing.js"];
/** Loaded when an X-ray is first opened. */
const XRAY = ["xray.css", "xray.js"];
const BUDGET = [
  [PLAYER, 39],
  [PREDICT, 12.6],
  [WHICH_ARROW, 7],
  [DIAGRAM, 1],
  [NOTES, 2],
  [PROGRESS, 6],
  [SIDEBAR, 2],
  [TABLE, 6.3],
  [EDIT, 2],
  [EXERCISE, 7],
  [EDITOR, 22],
  [EXERCISE_EDITOR, 6],
  [KEYS, 2],
  [XRAY_LISTING, 9],
  [XRAY, 20],
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
