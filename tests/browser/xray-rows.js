// The rows of X-rays: those that `crates/xray` makes of the recorded runs, as the
// book's pages hold them, and a crowd, larger than any run of the book.

import { readFileSync } from "node:fs";
import path from "node:path";

const FIGURE = /<figure class="xray"[^>]* data-xray="([^"]+)" data-open="(\d+)"[^>]*>[^]*?<script[^>]*class="xray-rows">([^]*?)<\/script>/g;

/** Of the X-ray that a page of the book shows: its rows, and the number of the one at which it opens. */
export function recorded(folder, page, name) {
  const html = readFileSync(path.join(folder, page), "utf8");
  const found = [...html.matchAll(FIGURE)].find((it) => it[1] === name);
  if (!found) throw new Error(`${page} has no X-ray of ${name}`);
  return { rows: JSON.parse(found[3]), open: Number(found[2]) };
}

/** So many processes in so many rows: each starts, and from then on reads its own pipe in turn. */
export function crowd(processes, rows) {
  const order = Array.from({ length: processes }, (_, at) => at);
  const name = (at) => (at ? `worker${at}` : "crowd");
  const changed = (at, n) => {
    const says = `${name(at)}'s stdout`;
    const pipe = { [`p${at}`]: n % 3 ? { name: says, says: `${says} · ${n} of 65,536 bytes`, bytes: n, capacity: 65536 } : { name: says, says } };
    const holds = [{ fd: 0, to: "/dev/null" }, { fd: 1, tube: `p${at}`, end: "write" }, { fd: 2, tube: "2", end: "write" }];
    return { boxes: { [at]: { name: name(at), depth: at ? 1 : 0, parent: at ? 0 : null, life: n % 2 ? "asleep" : "runs", holds } }, tubes: pipe };
  };
  return Array.from({ length: rows }, (_, n) => {
    const at = n % processes;
    const isNew = n < processes;
    return {
      n,
      t: n / 1000,
      kind: isNew ? "spawned" : "seen",
      text: isNew ? `crowd starts ${name(at)}` : `For 1 ms, ${name(at)} waits until crowd ends`,
      at,
      ...(at && { arrows: [{ kind: isNew ? "spawn" : "wait", from: isNew ? 0 : at, to: isNew ? at : 0 }] }),
      changes: { ...(n ? {} : { order }), ...changed(at, n) },
    };
  });
}
