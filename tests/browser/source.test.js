// What the page loads because of us: how much it is, and that its types hold.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { root } from "./book.js";

const FILES = ["listing.css", "player.css", "player.js"];

test("what is added to a page's first load stays under 30 KB", (t) => {
  const sizes = FILES.map((file) => statSync(path.join(root, "book", file)).size);
  const sum = sizes.reduce((sum, size) => sum + size);
  t.diagnostic(`${FILES.map((file, at) => `${file} ${sizes[at]}`).join(", ")}: ${sum} bytes`);
  assert.ok(sum < 30 * 1024, `${sum} bytes`);
});

test("it names no other host", () => {
  for (const file of FILES) {
    assert.doesNotMatch(readFileSync(path.join(root, "book", file), "utf8"), /https?:|@import|url\(/, file);
  }
});

test("the types hold", () => {
  execFileSync("npx", ["--no-install", "tsc", "--project", "."], { cwd: import.meta.dirname, stdio: "inherit" });
});
