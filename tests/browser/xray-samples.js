// Rows as `crates/xray` makes them, written by hand: runs of six listings.

/** What the listing holds of its own: nothing to read, and the run's two streams. */
const streams = [
  { fd: 0, to: "/dev/null" },
  { fd: 1, tube: "1", end: "write" },
  { fd: 2, tube: "2", end: "write" },
];
const ours = { 1: { name: "stdout", stream: true }, 2: { name: "stderr", stream: true } };

const writes = (fd, tube) => ({ fd, tube, end: "write" });
const reads = (fd, tube) => ({ fd, tube, end: "read" });
const only = (fd) => streams.filter((hold) => hold.fd === fd);
const except = (...fds) => streams.filter((hold) => !fds.includes(hold.fd));

/** Rows get their numbers, and times in ms become seconds. */
const numbered = (rows) => rows.map(({ ms, ...row }, n) => ({ n, t: ms / 1000, ...row }));
const arrow = (kind, from, to) => [{ kind, from, to }];
const root = (name, ms) => ({
  ms,
  kind: "started",
  text: `${name} starts.`,
  at: 0,
  changes: { order: [0], boxes: { 0: { name, depth: 0, parent: null, life: "runs", holds: streams } }, tubes: ours },
});
const print = (ms, line, text, stream = "stdout") => ({
  ms,
  kind: "output",
  text: `On ${stream}: ${text.trimEnd()}`,
  at: 0,
  line,
  output: { stream, text },
});
const child = (ms, line, at, name, holds, rest = {}) => {
  const { parent = 0, depth = 1, order, round, tubes, boxes, dim, text } = rest;
  return {
    ms,
    kind: "spawned",
    text: text ?? `full_pipe starts ${name}.`,
    at,
    line,
    ...(dim && { dim }),
    ...(round && { round }),
    arrows: arrow("spawn", parent, at),
    changes: {
      ...(order && { order }),
      boxes: { ...boxes, [at]: { name, depth, parent, life: "runs", end: null, orphan: false, count: 1, holds } },
      ...(tubes && { tubes }),
    },
  };
};
const over = (ms, name, boxes = {}, tubes = {}) => ({
  ms,
  kind: "ended",
  text: `${name} ends with status 0.`,
  at: 0,
  changes: { boxes: { ...boxes, 0: { life: "gone", end: "exit 0", holds: [] } }, tubes: { 1: null, 2: null, ...tubes } },
});

const pipes = (a, b) => ({ [a]: { name: "sh's stdout" }, [b]: { name: "sh's stderr" } });
const both = (a, b) => ({ 0: { threads: 2, holds: [...streams, reads(3, a), reads(5, b)] } });
const shHolds = (a, b) => [...only(0), writes(1, a), writes(2, b)];

export const full_pipe = numbered([
  root("full_pipe", 0.5),
  child(3.2, 11, 1, "sh", shHolds("3", "4"), { order: [0, 1], round: 1, tubes: pipes("3", "4"), boxes: both("3", "4"),
    text: "full_pipe starts sh -c 'printf %${0}s >&2; echo finished' 65536." }),
  { ms: 8.0, kind: "ended", text: "sh ends with status 0. Nobody can write sh's stdout and stderr any more; full_pipe reads them.", at: 1, line: 11, dim: true,
    changes: { boxes: { 1: { life: "zombie", end: "exit 0", holds: [] } } } },
  print(8.2, 16, "65536 bytes of warnings: finished\n"),
  { ms: 8.2, kind: "reaped", text: "full_pipe collects sh, a zombie for 0.1 ms.", at: 1, line: 22, arrows: arrow("reap", 1, 0),
    changes: { boxes: { 0: { threads: 1, holds: streams }, 1: { life: "gone" } }, tubes: { 3: null, 4: null } } },
  child(8.7, 11, 1, "sh", shHolds("5", "6"), { round: 2, tubes: pipes("5", "6"), boxes: both("5", "6"),
    text: "full_pipe starts sh -c 'printf %${0}s >&2; echo finished' 65537." }),
  { ms: 9.3, idle: 1.0043, kind: "deadlock", at: 1, line: 15, also: [14],
    text: "Deadlock for 1.0 s: sh cannot write, its stderr is full and only full_pipe can empty it; full_pipe reads sh's stdout until sh writes or closes it. Only full_pipe's time limit will end it.",
    arrows: [...arrow("stuck", 0, 1), ...arrow("stuck", 1, 0)],
    changes: { boxes: { 0: { life: "asleep", stuck: true, says: "reads until sh writes or closes it" },
      1: { life: "asleep", stuck: true, says: "writes: no room", holds: [...only(0), writes(1, "6"), writes(2, "6"), writes(11, "5")] } },
      tubes: { 5: { name: "sh's stdout", bytes: 0, capacity: 65536 }, 6: { name: "sh's stderr", bytes: 65536, capacity: 65536, full: true } } } },
  { ...print(1013.6, 19, "65537 bytes of warnings: stuck, child in anon_pipe_write\n"),
    changes: { boxes: { 0: { life: "runs", says: null, stuck: false }, 1: { stuck: false } } } },
  { ms: 1014.1, kind: "sent", text: "full_pipe sends SIGKILL to sh.", at: 0, line: 20, arrows: arrow("signal", 0, 1) },
  { ms: 1014.2, kind: "ended", text: "sh is ended by SIGKILL.", at: 1, line: 11, dim: true,
    changes: { boxes: { 1: { life: "zombie", says: null, end: "SIGKILL", holds: [] } } } },
  { ms: 1014.7, kind: "reaped", text: "full_pipe collects sh.", at: 1, line: 22, arrows: arrow("reap", 1, 0),
    changes: { boxes: { 0: { threads: 1, holds: streams }, 1: { life: "gone" } }, tubes: { 5: null, 6: null } } },
  over(1015.1, "full_pipe"),
]);

const yesRound = (ms, line, round, out) => [
  child(ms, line, 1, "yes", [...only(0), writes(1, `${round}p`), ...only(2)], { round, order: [0, 1, 2], tubes: { [`${round}p`]: { name: "yes's stdout" } },
    boxes: { 0: { holds: [...streams, reads(6, `${round}p`)] } }, text: "yes_head starts yes." }),
  child(ms + 3.2, line, 2, "head", [reads(0, `${round}p`), writes(1, `${round}h`), ...only(2)], { tubes: { [`${round}h`]: { name: "head's stdout" } },
    boxes: { 0: { holds: [...streams, reads(3, `${round}h`)] } }, text: "yes_head starts head -n1." }),
  { ms: ms + 6.9, kind: "ended", text: "head ends with status 0: nobody reads yes's stdout any more.", at: 2, line, dim: true,
    changes: { boxes: { 2: { life: "zombie", end: "exit 0", holds: [] } } } },
  { ms: ms + 7.0, kind: "signal", text: "yes writes, nobody can read it: SIGPIPE ends yes.", at: 1, line, dim: true,
    changes: { boxes: { 1: { life: "zombie", end: "SIGPIPE", holds: [] } }, tubes: { [`${round}p`]: null } } },
  { ms: ms + 7.2, kind: "reaped", text: "yes_head collects yes.", at: 1, line, arrows: arrow("reap", 1, 0), changes: { boxes: { 1: { life: "gone" } } } },
  { ms: ms + 7.3, kind: "reaped", text: "yes_head collects head.", at: 2, line, arrows: arrow("reap", 2, 0),
    changes: { boxes: { 0: { holds: streams }, 2: { life: "gone" } }, tubes: { [`${round}h`]: null } } },
  out,
];

export const yes_head = numbered([
  root("yes_head", 2.8),
  ...yesRound(5.2, 4, 1, print(13, 6, 'yes | head: command ["yes"] exited with code <signal 13>\n')),
  ...yesRound(13.5, 8, 2, print(21.2, 9, "yes unchecked: y\n")),
  over(21.4, "yes_head"),
]);

const null1 = { fd: 1, to: "/dev/null" };
const grandRound = (ms, round, script, sleeper, wait) => {
  const [out, err] = [`${round}o`, `${round}e`];
  return [
    child(ms, 9, 1, "sh", [...only(0), writes(1, out), writes(2, err)], { round, order: [0, 1, 2],
      tubes: { [out]: { name: "sh's stdout" }, [err]: { name: "sh's stderr" } },
      boxes: { 0: { holds: [...streams, reads(3, err), writes(4, err), reads(5, out)] } }, text: `grandchild starts sh -c '${script}'.` }),
    child(ms + 1.5, 9, 2, "sleep", [...only(0), sleeper ?? writes(1, out), writes(2, err)], { parent: 1, depth: 2, dim: true, text: "sh starts sleep 1." }),
    { ms: ms + 2.2, kind: "ended", text: "sh ends with status 0.", at: 1, line: 9, dim: true, changes: { boxes: { 1: { life: "zombie", end: "exit 0", holds: [] } } } },
    { ms: ms + 2.3, kind: "orphaned", text: "sleep goes on without its parent.", at: 2, line: 9, dim: true, changes: { boxes: { 2: { orphan: true, parent: null } } } },
    ...wait(out, err),
  ];
};

export const grandchild = numbered([
  root("grandchild", 4.1),
  ...grandRound(6, 1, "sleep 1 & echo ready", undefined, (out, err) => [
    { ms: 11.9, idle: 0.9975, kind: "seen", at: 0, line: 9, text: "For 1.0 s grandchild waits for the end of sh's stdout; sleep still holds it.", arrows: arrow("wait", 0, 2),
      changes: { boxes: { 0: { life: "asleep", says: "reads until sleep writes or closes it" }, 2: { life: "asleep", says: "sleeps" } },
        tubes: { [out]: { name: "sh's stdout", bytes: 0, capacity: 65536 }, [err]: { name: "sh's stderr", bytes: 0, capacity: 65536 } } } },
    { ms: 1009.3, kind: "closed", text: "sleep lets go of sh's stdout: nobody can write it any more, grandchild reads the end.", at: 2, line: 9, dim: true,
      changes: { boxes: { 0: { life: "runs", says: null }, 2: { life: "runs", says: null, holds: [...only(0)] } }, tubes: { [out]: { name: "sh's stdout", bytes: 0, capacity: 65536 } } } },
    { ms: 1009.4, kind: "reaped", text: "grandchild collects sh, a zombie for 997 ms.", at: 1, line: 9, arrows: arrow("reap", 1, 0),
      changes: { boxes: { 0: { holds: [...streams, reads(3, err)] }, 1: { life: "gone" } }, tubes: { [out]: null } } },
    print(1009.5, 11, "sleep 1 & echo ready: ready after 1.004 s\n"),
    { ms: 1010.7, kind: "ended", text: "sleep ends with status 0.", at: 2, line: 9, dim: true, changes: { boxes: { 0: { holds: streams }, 2: { life: "gone", end: "exit 0", holds: [] } }, tubes: { [err]: null } } },
  ]),
  ...grandRound(1011, 2, "sleep 1 >/dev/null & echo ready", null1, (out, err) => [
    { ms: 1013.9, kind: "reaped", text: "grandchild collects sh.", at: 1, line: 9, arrows: arrow("reap", 1, 0),
      changes: { boxes: { 0: { holds: [...streams, reads(3, err)] }, 1: { life: "gone" } }, tubes: { [out]: null } } },
    print(1015.9, 11, "sleep 1 >/dev/null & echo ready: ready after 0.007 s\n"),
    { ms: 1016.1, idle: 1.0011, kind: "seen", at: 0, line: 12, text: "For 1.0 s grandchild waits for the end of sh's stderr; sleep still holds it.", arrows: arrow("wait", 0, 2),
      changes: { boxes: { 0: { life: "asleep", says: "reads until sleep writes or closes it" }, 2: { life: "asleep", says: "sleeps" } },
        tubes: { [err]: { name: "sh's stderr", bytes: 0, capacity: 65536 } } } },
    { ms: 2017.2, kind: "closed", text: "sleep lets go of sh's stderr: nobody can write it any more, grandchild reads the end.", at: 2, line: 9, dim: true,
      changes: { boxes: { 0: { life: "runs", says: null }, 2: { life: "runs", says: null, holds: [...only(0), null1] } } } },
    over(2017.3, "grandchild", {}, { [err]: null }),
    { ms: 2017.5, kind: "ended", text: "sleep ends with status 0.", at: 2, line: 9, dim: true, changes: { boxes: { 2: { life: "gone", end: "exit 0", holds: [] } } } },
  ]),
]);

const door = { 3: { name: "cat's stdin" } };
export const fifty_zombies = numbered([
  root("fifty_zombies", 0.5),
  { ...child(4, 11, 1, "cat", [reads(0, "3"), ...except(0)], { order: [0, 1], tubes: door, boxes: { 0: { holds: [...streams, reads(3, "3"), writes(4, "3")] } },
    text: "fifty_zombies starts cat 50 times with std." }) },
  { ...child(6, 12, 2, "cat", [reads(0, "3"), ...except(0)], { order: [0, 1, 2], text: "fifty_zombies starts cat 50 times with duct." }) },
  print(213, 18, "handles dropped: (0, 0) zombies\n"),
  { ms: 214, kind: "closed", text: "fifty_zombies lets go of cat's stdin: nobody can write it any more, 100 cat read the end.", at: 0, line: 19,
    changes: { boxes: { 0: { holds: [...streams, reads(3, "3")] } } } },
  { ms: 230, kind: "ended", text: "50 cat end with status 0.", at: 1, line: 11, dim: true, changes: { boxes: { 1: { life: "zombie", end: "exit 0", says: "50 zombies", holds: [] } } } },
  { ms: 349, kind: "ended", text: "50 cat end with status 0.", at: 2, line: 12, dim: true, changes: { boxes: { 2: { life: "zombie", end: "exit 0", says: "50 zombies", holds: [] } } } },
  print(352, 21, "children ended: (50, 50) zombies\n"),
  { ms: 357, kind: "reaped", text: "fifty_zombies collects 50 cat.", at: 2, line: 22, arrows: arrow("reap", 2, 0), changes: { boxes: { 2: { life: "gone", says: null, count: 0 } } } },
  child(358, 22, 3, "true", streams, { order: [0, 1, 2, 3], text: "fifty_zombies starts true." }),
  { ms: 366, kind: "ended", text: "true ends with status 0, and fifty_zombies collects it.", at: 3, line: 22, arrows: arrow("reap", 3, 0),
    changes: { boxes: { 3: { life: "gone", end: "exit 0", holds: [] } } } },
  print(367, 23, "one more start: (50, 0) zombies\n"),
  over(368, "fifty_zombies", {}, { 3: null }),
]);
for (const row of fifty_zombies) for (const at of [1, 2]) if (row.kind === "spawned" && row.at === at) row.changes.boxes[at].count = 50;

const politeRound = (ms, round, trap, rest) => {
  const out = `${round}o`;
  const holds = [...only(0), writes(1, out), ...only(2)];
  return [
    child(ms, 20, 1, "sh", holds, { round, order: [0, 1, 2], tubes: { [out]: { name: "sh's stdout" } }, boxes: { 0: { holds: [...streams, reads(3, out)] } },
      text: `politely_then_firmly starts sh -c '${trap}; sleep 60 & echo; wait'.` }),
    child(ms + 1.6, 20, 2, "sleep", holds, { parent: 1, depth: 2, dim: true, text: "sh starts sleep 60." }),
    { ms: ms + 2.7, kind: "sent", text: "politely_then_firmly sends SIGTERM to the group of sh and sleep.", at: 0, line: 7, arrows: [...arrow("signal", 0, 1), ...arrow("signal", 0, 2)] },
    ...rest(out),
  ];
};
const ends = (ms, at, name, signal, parent) => ({ ms, kind: "ended", text: `${name} is ended by ${signal}.`, at, line: 20, dim: true,
  changes: { boxes: { [at]: { life: parent === undefined ? "zombie" : "gone", says: null, end: signal, holds: [] } } } });
const collects = (ms, tubes) => ({ ms, kind: "reaped", text: "politely_then_firmly collects sh.", at: 1, line: 11, arrows: arrow("reap", 1, 0),
  changes: { boxes: { 0: { life: "runs", says: null, holds: streams }, 1: { life: "gone" } }, tubes } });

export const politely_then_firmly = numbered([
  root("politely_then_firmly", 0.6),
  ...politeRound(3, 1, "true", (out) => [
    ends(5.8, 2, "sleep", "SIGTERM", 1),
    ends(5.9, 1, "sh", "SIGTERM"),
    collects(6.1, { [out]: null }),
    print(6.2, 22, "true; sleep 60 & echo; wait: signal: 15 (SIGTERM)\n"),
  ]),
  ...politeRound(9.5, 2, "trap '' TERM", (out) => [
    { ms: 12.3, kind: "signal", text: "sh and sleep ignore SIGTERM.", at: 1, line: 7 },
    { ms: 12.8, idle: 1.0002, kind: "seen", at: 0, line: 8, text: "For 1.0 s politely_then_firmly waits for sh to end, with a time limit; sh waits for sleep to end; sleep sleeps.",
      arrows: [...arrow("wait", 0, 1), ...arrow("wait", 1, 2)],
      changes: { boxes: { 0: { life: "asleep", says: "waits for sh, with a time limit" }, 1: { life: "asleep", says: "waits for sleep to end" }, 2: { life: "asleep", says: "sleeps" } },
        tubes: { [out]: { name: "sh's stdout", bytes: 0, capacity: 65536 } } } },
    { ms: 1013, kind: "sent", text: "politely_then_firmly sends SIGKILL to the group of sh and sleep.", at: 0, line: 9, arrows: [...arrow("signal", 0, 1), ...arrow("signal", 0, 2)],
      changes: { boxes: { 0: { life: "runs", says: null } } } },
    ends(1013.2, 2, "sleep", "SIGKILL", 1),
    ends(1013.4, 1, "sh", "SIGKILL"),
    collects(1013.8, { [out]: null }),
    print(1013.9, 22, "trap '' TERM; sleep 60 & echo; wait: signal: 9 (SIGKILL)\n"),
  ]),
  over(1014.2, "politely_then_firmly"),
]);

export const who_holds = numbered([
  root("who_holds", 4),
  child(5.6, 9, 1, "sh", [...only(0), writes(1, "3"), ...only(2)], { order: [0, 1], tubes: { 3: { name: "sh's stdout" } }, boxes: { 0: { holds: [...streams, reads(3, "3")] } },
    text: "who_holds starts sh -c 'sleep 1 & echo pid $!'." }),
  child(7, 9, 2, "sleep", [...only(0), writes(1, "3"), ...only(2)], { parent: 1, depth: 2, dim: true, order: [0, 1, 2], text: "sh starts sleep 1." }),
  { ms: 7.7, kind: "ended", text: "sh ends with status 0.", at: 1, line: 9, dim: true, changes: { boxes: { 1: { life: "zombie", end: "exit 0", holds: [] } } } },
  print(7.8, 13, 'line 1: Some("pid 5223")\n'),
  { ms: 8.2, kind: "orphaned", text: "sleep goes on without its parent.", at: 2, line: 9, dim: true, changes: { boxes: { 2: { orphan: true, parent: null } } } },
  { ms: 8.3, kind: "reaped", text: "who_holds collects sh.", at: 1, line: 14, arrows: arrow("reap", 1, 0), changes: { boxes: { 1: { life: "gone" } } } },
  print(8.7, 14, "sh has ended, exit status: 0\n"),
  print(9.5, 18, "still open: /proc/5223/fd/1\n"),
  { ms: 9.6, idle: 1.0059, kind: "seen", at: 0, line: 21, text: "For 1.0 s who_holds waits for the end of sh's stdout; sleep still holds it.", arrows: arrow("wait", 0, 2),
    changes: { boxes: { 0: { life: "asleep", says: "reads until sleep writes or closes it" }, 2: { life: "asleep", says: "sleeps" } },
      tubes: { 3: { name: "sh's stdout", bytes: 0, capacity: 65536 } } } },
  { ms: 1015.4, kind: "ended", text: "sleep ends with status 0: nobody can write sh's stdout any more, who_holds reads the end.", at: 2, line: 9, dim: true,
    changes: { boxes: { 0: { life: "runs", says: null }, 2: { life: "gone", says: null, end: "exit 0", holds: [] } } } },
  print(1015.5, 21, "line 2: None\n"),
  over(1015.8, "who_holds", {}, { 3: null }),
]);

/** Each with the row at which its page opens. */
export const samples = {
  "chapter2/full_pipe": [full_pipe, 6],
  "chapter5/yes_head": [yes_head, 4],
  "chapter5/grandchild": [grandchild, 5],
  "chapter7/fifty_zombies": [fifty_zombies, 7],
  "chapter7/politely_then_firmly": [politely_then_firmly, 12],
  "chapter5/who_holds": [who_holds, 9],
};

/** So many processes, of which each lives for a third of the run, in so many rows. */
export function crowd(processes, rows) {
  const order = Array.from({ length: processes }, (_, at) => at);
  const name = (at) => (at ? `worker${at}` : "crowd");
  const changed = (at, n) => {
    const pipe = { [`p${at}`]: n % 3 ? { name: `${name(at)}'s stdout`, bytes: n, capacity: 65536 } : { name: `${name(at)}'s stdout` } };
    const holds = [...only(0), writes(1, `p${at}`), ...only(2)];
    return { boxes: { [at]: { name: name(at), depth: at ? 1 : 0, parent: at ? 0 : null, life: n % 2 ? "asleep" : "runs", holds } }, tubes: pipe };
  };
  return Array.from({ length: rows }, (_, n) => {
    const at = n % processes;
    const isNew = n < processes;
    return {
      n,
      t: n / 1000,
      kind: isNew ? "spawned" : "seen",
      text: isNew ? `crowd starts ${name(at)}.` : `For 1 ms ${name(at)} waits for crowd.`,
      at,
      ...(at && { arrows: arrow(isNew ? "spawn" : "wait", isNew ? 0 : at, isNew ? at : 0) }),
      changes: { ...(n ? {} : { order }), ...changed(at, n) },
    };
  });
}
