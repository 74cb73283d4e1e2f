// The book under test: its static pages, and the programs that make it.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** The reader's binary: from READER, or where Cargo puts it. */
export const reader =
  process.env.READER ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "debug/reader");

/** The folder of the static book: from BOOK, or as the reader makes it. */
export function staticBook() {
  if (process.env.BOOK) return process.env.BOOK;
  const index = execFileSync(reader, ["build"], { cwd: root, encoding: "utf8" }).trim().split("\n").at(-1) ?? "";
  return path.dirname(path.resolve(root, index));
}

/** Where a picture of the page is put, for a person to look at. */
export function screenshot(name) {
  const folder = path.join(root, "target/screenshots");
  mkdirSync(folder, { recursive: true });
  return path.join(folder, `${name}.png`);
}

if (!process.env.BOOK && !existsSync(reader)) {
  throw new Error(`there is no reader at ${reader}: cargo build -p reader --bins, or set READER`);
}
