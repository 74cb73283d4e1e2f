// What was done: predictions, exercises, hints, the page read last. The browser
// keeps it. On a page that is served, the truth is the reader's file; the
// browser then keeps a copy, to draw at once, and what the file has not yet.
const progress = (() => {
"use strict";

const KEY = /^(last|(exercise|hints) \S+|predict \S+ \S+)$/;

/** What the server was not told yet: the body of a POST. */
const UNSENT = "progress unsent";
/** The server knows what this browser kept before there was a file. */
const SHARED = "progress shared";

/** @type {Partial<Storage>} */
let storage = {};
try {
  storage = localStorage;
} catch {
  // There is no storage: the page keeps it.
}

/** What the browser does not keep. @type {Record<string, string | null>} */
const memory = {};

/** @param {string} key */
const read = (key) => memory[key] ?? (key in memory ? null : storage.getItem?.(key) ?? null);

/** @param {string} key @param {string | null} value */
function write(key, value) {
  try {
    // Where there is no storage, this throws too.
    if (value === null) /** @type {Storage} */ (storage).removeItem(key);
    else /** @type {Storage} */ (storage).setItem(key, value);
    delete memory[key];
  } catch {
    memory[key] = value;
  }
}

/** All that is kept. @returns {Record<string, string>} */
function entries() {
  const keys = new Set([...Object.keys(storage), ...Object.keys(memory)].filter((key) => KEY.test(key)));
  return Object.fromEntries([...keys].map((key) => [key, read(key) ?? ""]).filter(([, value]) => value));
}

/** @type {((keys: string[]) => void)[]} */
const listeners = [];
/** What is told of this page's own changes. @type {(() => void)[]} */
const watchers = [];

/** @param {string[]} [keys]  what has changed, or begins what may have */
function tell(keys = ["predict ", "exercise ", "hints ", "last"]) {
  for (const listener of listeners) listener(keys);
}

/** Makes it so, and tells what has changed. @param {Record<string, string>} fresh */
function become(fresh) {
  const keys = Object.keys({ ...entries(), ...fresh });
  const changed = keys.filter((key) => read(key) !== (fresh[key] ?? null));
  for (const key of changed) write(key, fresh[key] ?? null);
  if (changed.length) tell(changed);
}

/** Adds to what is to be sent. @param {Unsent} change */
function note({ set = {}, remove = [], replace = false }) {
  if (!server.isKnown) return;
  const before = replace ? {} : JSON.parse(read(UNSENT) ?? "{}");
  const later = { ...before.set, ...set };
  for (const key of remove) delete later[key];
  const gone = (before.remove ?? []).filter((/** @type {string} */ key) => !(key in later));
  write(UNSENT, JSON.stringify({
    set: later,
    remove: [...gone, ...remove],
    replace: replace || (before.replace ?? false),
  }));
  sync();
}

let isSyncing = false;
let isStale = true;
/** The server has called while it was still being asked. */
let isCalled = false;

/** Sends what was not sent, then reads the file if it has changed. */
async function sync() {
  if (!server.isKnown || isSyncing) return;
  isSyncing = true;
  do {
    isCalled = false;
    // Where the server does not answer, what it was not told stays until it does.
    const unkept = await ask().then(() => "", ({ status, message }) => {
      isStale = true;
      return status ? message : store.unkept;
    });
    if (unkept === store.unkept) continue;
    store.unkept = unkept;
    tell([]);
  } while (isCalled);
  isSyncing = false;
}

async function ask() {
  for (let unsent = read(UNSENT); unsent || isStale; unsent = read(UNSENT)) {
    if (unsent) {
      // A request that is kept alive arrives even if the page is left meanwhile.
      await server.post("/progress", JSON.parse(unsent), { keepalive: unsent.length < 60_000 });
      if (read(UNSENT) === unsent) write(UNSENT, null);
      continue;
    }
    isStale = false;
    const fresh = await (await server.ask("/progress")).json();
    if (!read(SHARED)) {
      write(SHARED, "yes");
      const own = Object.entries(entries()).filter(([key]) => !(key in fresh));
      if (own.length) note({ set: Object.fromEntries(own) });
    }
    // What was done meanwhile is sent before the file is read again.
    if (read(UNSENT)) isStale = true;
    else become(fresh);
  }
}

function refresh() {
  isStale = isCalled = true;
  sync();
}

/** Keeps which page is read. */
function see() {
  if (document.hidden) return;
  const root = new URL(path_to_root || ".", location.href).pathname;
  const page = location.pathname.slice(root.length).replace(/\/$/, "/index.html");
  if (/^(chapter|appendix)\S+\.html$/.test(page) && read("last") !== page) store.set("last", page);
}

const store = {
  /** Why the server keeps nothing, if so. */
  unkept: "",
  /** @param {string} key */
  get: read,
  entries,

  /** @param {string} key @param {string} value */
  set(key, value) {
    write(key, value);
    note({ set: { [key]: value } });
    for (const watcher of watchers) watcher();
  },

  /** @param {string[]} keys */
  remove(keys) {
    for (const key of keys) write(key, null);
    note({ remove: keys });
    for (const watcher of watchers) watcher();
  },

  /** In place of all that there is. @param {Record<string, string>} fresh */
  replace(fresh) {
    become(fresh);
    note({ set: fresh, replace: true });
  },

  /**
   * The listener is told which keys another page, or `replace`, has changed.
   * @param {(keys: string[]) => void} listener
   */
  listen(listener) {
    listeners.push(listener);
  },

  /** The watcher is told of every change. @param {() => void} watcher */
  watch(watcher) {
    listeners.push(watcher);
    watchers.push(watcher);
  },

  /** What was only looked at is not done. @param {string[]} keys */
  count(keys) {
    const kept = keys.map(read).filter((value) => value);
    const looked = kept.filter((value) => value === "looked").length;
    return { done: kept.length - looked, looked };
  },
};

// Another tab has written, or forgotten everything.
addEventListener("storage", ({ key }) => {
  if (!key) tell();
  else if (KEY.test(key)) tell([key]);
});
// A page that is gone back to may come as it was left.
addEventListener("pageshow", ({ persisted }) => persisted && tell());
// The reader's file has changed, or the server is there again.
addEventListener("progress", refresh);
addEventListener("online", refresh);
document.addEventListener("visibilitychange", see);
see();
sync();
return store;
})();
