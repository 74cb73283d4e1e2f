// The book under test: its static pages, and the programs that make it.

import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";

export const root = path.resolve(import.meta.dirname, "../..");

/** openbook's binary: from OPENBOOK, or where Cargo puts it. */
export const openbook =
  process.env.OPENBOOK ?? path.join(process.env.CARGO_TARGET_DIR ?? path.join(root, "target"), "debug/openbook");

/** The folder of the static book: from BOOK, or as openbook makes it. */
export function staticBook() {
  if (process.env.BOOK) return process.env.BOOK;
  const index = execFileSync(openbook, ["build"], { cwd: root, encoding: "utf8" }).trim().split("\n").at(-1) ?? "";
  return path.dirname(path.resolve(root, index));
}

/** Where a picture of the page is put, for a person to look at. */
export function screenshot(name) {
  const folder = path.join(root, "target/screenshots");
  mkdirSync(folder, { recursive: true });
  return path.join(folder, `${name}.png`);
}

if (!process.env.BOOK && !existsSync(openbook)) {
  throw new Error(`there is no openbook at ${openbook}: cargo build -p openbook --bins, or set OPENBOOK`);
}
