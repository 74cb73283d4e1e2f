// One reader, one memory: an exercise solved in the page is passed in the
// terminal, and the other way round. The book is a scratch book: see
// tests/src/scratch_book.rs.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { openbook as program } from "./book.js";
import { Browser, Exercise } from "./browser.js";
import { Server } from "./server.js";

const PAGE = "chapter1-scratch/index.html";
const NAME = "chapter1/doubles";
const FOLDER = process.env.STUDIED;
const PROGRESS = path.join(FOLDER ?? "", "progress.txt");
const FILE = path.join(FOLDER ?? "", "chapters-code/chapter1/exercises/doubles.rs");
const GIVEN = path.join(FOLDER ?? "", "chapters-code/chapter1/exercises/given/doubles.rs");

const browser = await Browser.start();
let server;

before(async () => {
  assert.ok(FOLDER, "cargo test -p tests --test browser names the book by STUDIED, and Cargo's folders");
  server = await Server.start(FOLDER, { BOOK_PROGRESS: PROGRESS });
});
beforeEach(() => {
  rmSync(FILE, { force: true });
  rmSync(PROGRESS, { force: true });
});
after(() => server?.stop());

async function open(t, options) {
  // The server refuses edits until the reader agrees: the console notes it.
  const page = await browser.page(t, { allowed: [/403/, /409/], ...options });
  await page.goto(server.address(PAGE));
  return { page, exercise: new Exercise(page, NAME) };
}

/** What the terminal says. */
function terminal(...words) {
  const env = { ...process.env, BOOK_PROGRESS: PROGRESS };
  return execFileSync(program, ["study", ...words], { cwd: FOLDER, env, encoding: "utf8" });
}

/** Puts another text into the editor, as its reader does. */
async function write(exercise, from, to) {
  const { text } = exercise.editor;
  const value = await text.inputValue();
  assert.ok(value.includes(from), value);
  await text.fill(value.replace(from, to));
}

/** Agrees, if that was not done before. */
async function check(page, exercise) {
  await exercise.check.click();
  const agree = page.getByRole("button", { name: "Run my edits" });
  const dialog = agree.waitFor().then(() => agree.click());
  await Promise.race([dialog, exercise.listing.is("ended"), exercise.listing.is("failed")]);
}

test("solved in the page, passed in the terminal", async (t) => {
  const { page, exercise } = await open(t);
  await exercise.edit.click();
  await exercise.editor.text.waitFor();
  await write(exercise, "    number\n", "    number * 3\n");
  await check(page, exercise);
  await exercise.listing.says("doubled(2) should be 4, and is 6");
  await exercise.listing.ends("not yet");
  assert.match(terminal("list"), /begun +doubles/);
  await write(exercise, "* 3", "* 2");
  await check(page, exercise);
  await exercise.passed.waitFor();
  assert.match(terminal("list"), /passed +doubles/);
  assert.match(readFileSync(FILE, "utf8"), /number \* 2/);
  await page.reload();
  await exercise.passed.waitFor();
});

test("solved in the terminal, passed in the page, and reset there", async (t) => {
  const { exercise } = await open(t);
  assert.equal(await exercise.passed.isVisible(), false);
  writeFileSync(FILE, readFileSync(GIVEN, "utf8").replace("    number\n", "    number + number\n"));
  assert.match(terminal("doubles"), /passed/);
  await exercise.passed.waitFor();
  terminal("reset", "doubles");
  await exercise.passed.waitFor({ state: "hidden" });
  assert.equal(readFileSync(FILE, "utf8"), readFileSync(GIVEN, "utf8"));
});

test("a hint asked for in the terminal is counted in the page, and the other way round", async (t) => {
  const { exercise } = await open(t);
  await exercise.hint(1);
  await exercise.hint(2);
  // Only the file tells when the page has sent them.
  for (let turn = 0; !existsSync(PROGRESS) || !readFileSync(PROGRESS, "utf8").includes(`hints ${NAME} 2\n`); turn++) {
    assert.ok(turn < 100, "the hints are not kept");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.match(terminal("hint", "doubles"), /Hint 3, how it goes/);
});

test("an error of the compiler stands at its line", async (t) => {
  const { page, exercise } = await open(t);
  await exercise.edit.click();
  await exercise.editor.text.waitFor();
  await write(exercise, "    number\n", "    numbr\n");
  await check(page, exercise);
  await exercise.editor.messages.getByText("cannot find value `numbr`").first().waitFor();
  await exercise.listing.ends("it does not compile");
});

test("what another editor has saved is not overwritten unasked", async (t) => {
  const { page, exercise } = await open(t);
  await exercise.edit.click();
  await exercise.editor.text.waitFor();
  await write(exercise, "    number\n", "    number * 2\n");
  writeFileSync(FILE, readFileSync(GIVEN, "utf8").replace("    number\n", "    number * 5\n"));
  await check(page, exercise);
  const keep = page.getByRole("button", { name: "Keep mine" });
  await keep.waitFor();
  assert.match(readFileSync(FILE, "utf8"), /number \* 5/);
  await keep.click();
  await exercise.editor.badge.filter({ hasText: /^Saved/ }).waitFor();
  assert.match(readFileSync(FILE, "utf8"), /number \* 2/);
});

test("the table follows what happens elsewhere, and the book goes on where its reader was", async (t) => {
  const { page } = await open(t);
  await page.goto(server.address("index.html"));
  const table = page.locator(".progress");
  await table.getByText("0 of 2").first().waitFor();
  writeFileSync(PROGRESS, `exercise ${NAME} passed\nlast ${PAGE}\n`);
  await table.getByText("1 of 2").first().waitFor();
  const on = table.getByRole("link", { name: /Exercises/ }).first();
  await on.click();
  await page.waitForURL(new RegExp(PAGE));
});
