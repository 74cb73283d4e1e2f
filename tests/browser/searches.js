// What people type into the search, and the pages of which one must be among the
// first three results. With a `#` it must be a place of the page whose id begins so.
//
// For a word it is the page that explains the thing, and not the glossary's row alone.
// For a message or a status the row of Gotchas is as good: it stands there to be looked up.

// The search takes a word and its stem for the same: `terminate` finds what a `terminal` is.

/** The row of Gotchas whose first words these are. */
const row = (words) => `appendix-gotchas/index#row-${words}`;

/** @type {[query: string, ...wanted: string[]][]} */
export const searches = [
  // Two words for one thing: each of them finds it.
  ["exit code", "chapter1-run/when-it-fails"],
  ["exit status", "chapter1-run/when-it-fails"],
  ["Popen", "chapter1-run/index#subprocesspopen-asked-further", "chapter4-stderr/index#what-popen-does-not-do"],
  ["spawn", "chapter4-stderr/index", "appendix-phrasebook/ending#phrase-start_and_wait"],
  ["SIGINT", "chapter7-conversations/groups-and-ctrl-c"],
  ["ctrl-c", "chapter7-conversations/groups-and-ctrl-c"],
  ["capture output", "chapter1-run/index#captured-or-passed-on", "appendix-phrasebook/reading"],
  ["pipe", "chapter5-pipes/index"],
  ["subprocess", "chapter1-run/index"],
  ["child process", "chapter0-kitchen/start-and-finish", "chapter1-run/index"],
  ["kill", "chapter7-conversations/kill-and-whom-it-misses"],
  ["terminate", "chapter7-conversations/politely-then-firmly", "appendix-phrasebook/ending#phrase-terminate"],
  ["deadlock", "chapter2-output-and-errors/the-65537th-byte"],
  ["hang", "appendix-gotchas/index#it-hangs-now-where-to-look-first", "chapter2-output-and-errors/the-65537th-byte"],
  ["environment variable", "chapter1-run/what-it-inherits", "appendix-phrasebook/starting#phrase-set_variable"],
  ["working directory", "chapter1-run/where-it-runs"],
  ["zombie", "chapter7-conversations/zombies-and-orphans"],
  ["defunct", "chapter7-conversations/zombies-and-orphans"],
  ["orphan", "chapter7-conversations/zombies-and-orphans"],
  ["file descriptor", "chapter0-kitchen/start-and-finish", "appendix-kitchen-and-kernel/index"],
  ["shell injection", "chapter1-run/there-is-no-shell"],
  ["buffering", "chapter3-stdout/when-output-arrives"],
  ["asyncio", "chapter8-many-cooks/async-and-children", "chapter8-many-cooks/cancelled"],

  // Messages and statuses, as they are printed.
  ["No such file or directory (os error 2)", "chapter1-run/when-it-cannot-start", row("no-such-file-or-directory"), "appendix-reference/errors-of-a-start#the-program"],
  ["Permission denied", "chapter1-run/when-it-cannot-start", row("permission-denied")],
  ["Argument list too long", "chapter1-run/when-it-cannot-start", row("argument-list-too-long")],
  ["Exec format error", "chapter1-run/when-it-cannot-start", row("exec-format-error")],
  ["command not found", "chapter1-run/when-it-cannot-start", row("command-not-found")],
  ["exit status 127", "chapter1-run/when-it-cannot-start", row("command-not-found")],
  ["exit code 126", "chapter1-run/when-it-cannot-start", row("command-not-found")],
  ["exit code 137", "chapter1-run/when-it-fails", row("exit-status-exit-code-137")],
  ["exit status 143", "chapter1-run/when-it-fails", "chapter7-conversations/politely-then-firmly"],
  ["exit code 139", row("exit-status-exit-code-139")],
  ["exit code 120", row("exit-status-exit-code-120"), "appendix-reference/exit-statuses"],
  ["exit status 32512", row("a-status-of-256"), "appendix-reference/exit-statuses"],
  ["exit code 255 ssh", row("exit-status-exit-code-255-from-ssh"), "appendix-reference/exit-statuses"],
  ["index.lock File exists", row("index-lock-file-exists"), "appendix-reference/programs-as-children"],
  ["node output cut off", row("output-of-node"), "appendix-reference/programs-as-children#node"],
  ["ffmpeg No space left on device", row("no-space-left-on-device"), "appendix-reference/programs-as-children"],
  ["Broken pipe", "chapter3-stdout/stop-reading", "chapter5-pipes/whose-status", "appendix-reference/readers#row-broken-pipe"],
  ["Resource temporarily unavailable", "appendix-reference/errors-of-a-start#no-process", row("resource-temporarily-unavailable"), "chapter7-conversations/zombies-and-orphans"],
  ["UnicodeDecodeError", "chapter3-stdout/bytes-text-lines", row("invaliddata-or-python-s-unicodedecodeerror")],

  ["error while loading shared libraries", row("error-while-loading"), "appendix-reference/errors-of-a-start#its-loader"],
  ["GLIBC not found", row("error-while-loading"), "appendix-reference/errors-of-a-start#its-loader"],
  ["bad interpreter", row("bad-interpreter"), "appendix-reference/errors-of-a-start"],
  ["Too many open files", row("too-many-open-files"), "appendix-reference/errors-of-a-start"],
  ["wait() should either return Ok or panic", row("a-panic-wait"), "appendix-reference/errors-of-a-start"],
  ["os error 40", "appendix-reference/errors-of-a-start"],

  ["Separator is not found, and chunk exceed the limit", row("asyncio-valueerror-separator"), "appendix-reference/readers#row-valueerror-separator"],
  ["IncompleteReadError", "appendix-reference/readers"],
  ["there is no reactor running", row("tokio-there-is-no-reactor"), "appendix-reference/readers"],
  ["Event loop is closed", row("asyncio-runtimeerror-event-loop"), "appendix-reference/readers"],
  ["failed to fill whole buffer", "appendix-reference/readers"],
  ["select readline nothing", row("select-or-poll-says"), "appendix-reference/readers", "chapter3-stdout/when-output-arrives"],

  ["docker stop 10 seconds", row("exit-status-exit-code-137-after"), "appendix-reference/surroundings"],
  ["203/EXEC", row("status-203-exec"), "appendix-reference/surroundings"],
  ["crontab not found", "appendix-reference/surroundings"],
  ["/dev/stdout: No such device or address", row("dev-stdout"), "appendix-reference/surroundings"],
  ["the input device is not a TTY", "appendix-reference/surroundings"],
  ["TERM environment variable not set", "appendix-reference/surroundings"],

  // Tasks.
  ["timeout", "chapter7-conversations/deadlines"],
  ["read stdout line by line", "appendix-phrasebook/reading#phrase-stream_lines", "chapter3-stdout/bytes-text-lines"],
  ["capture stderr", "appendix-phrasebook/reading", "chapter4-stderr/index"],
  ["merge stderr into stdout", "chapter2-output-and-errors/one-stream-from-two"],
  ["write to stdin", "appendix-phrasebook/feeding", "chapter5-pipes/how-much-a-pipe-holds"],
  ["pipe two commands", "chapter5-pipes/index", "appendix-phrasebook/files-and-pipes#phrase-pipe_two"],
  ["redirect output to a file", "chapter3-stdout/into-a-file", "appendix-phrasebook/files-and-pipes"],
  ["run in background", "chapter4-stderr/index", "appendix-phrasebook/ending#phrase-start_and_wait"],
  ["kill process group", "chapter7-conversations/kill-and-whom-it-misses"],
  ["kill child when parent dies", "chapter7-conversations/zombies-and-orphans"],
  ["ffmpeg microphone wav", "chapter6-microphone/index", "chapter6-microphone/recorder"],

  // Faults, as their owners see them.
  ["text file busy", row("text-file-busy")],
  ["terminal echo", "chapter7-conversations/at-your-terminal#what-i-type-is-not-shown", row("terminal-echo")],
  ["while read loop runs once", "chapter1-run/what-it-shares", row("a-while-read-loop")],
  ["No child processes (os error 10)", row("no-child-processes-os-error-10")],
  ["failed printing to stdout: Resource temporarily unavailable", row("failed-printing-to-stdout-resource"), "chapter1-run/what-it-shares"],
  ["Input/output error (os error 5)", row("input-output-error-os-error-5"), "chapter7-conversations/at-your-terminal"],
  ["ssh hangs in process group", row("sudo-ssh-or-git-in-a-group"), "chapter7-conversations/at-your-terminal"],
  ["sudo stopped state T", row("sudo-ssh-or-git-in-a-group"), row("state-t"), "chapter7-conversations/at-your-terminal"],
  ["preexec_fn deadlock", row("popen-itself-does-not-return"), "chapter8-many-cooks/between-fork-and-exec"],
  ["read_line select cancel", row("half-a-line"), "chapter8-many-cooks/half-a-line"],
  ["unknown format: 65534", row("wave-error-unknown-format")],
  ["getnframes 2147483647", row("getnframes")],
  ["wav 4 GiB", row("a-wav-of-37-hours"), "chapter6-microphone/samples-into-wav"],
  ["disk full", "chapter3-stdout/into-a-file"],
  ["Ctrl-C does not stop the loop", "chapter7-conversations/groups-and-ctrl-c", row("ctrl-c-ends-the-child")],
  ["Address already in use", row("a-file-or-a-port-is-in-use")],

  // More words.
  ["return code", "chapter1-run/when-it-fails"],
  ["check=True", "chapter1-run/when-it-fails", "appendix-phrasebook/index"],
  ["communicate", "chapter2-output-and-errors/the-65537th-byte", "appendix-phrasebook/feeding"],
  ["SIGKILL", "chapter7-conversations/politely-then-firmly", "chapter1-run/when-it-fails"],
  ["process id", "appendix-phrasebook/ending#phrase-pid", "chapter0-kitchen/index"],
  ["cwd", "chapter1-run/where-it-runs", "appendix-phrasebook/starting#phrase-working_folder"],
  ["PATH", "chapter1-run/where-it-runs", "appendix-phrasebook/starting#phrase-find_program"],
  ["wildcard", "chapter1-run/there-is-no-shell"],
  ["pipefail", "chapter5-pipes/whose-status"],
  ["2>&1", "chapter2-output-and-errors/one-stream-from-two"],
  ["discard output", "appendix-phrasebook/reading#phrase-discard"],
  ["progress bar", "chapter4-stderr/while-it-runs", row("progress-comes")],
  ["tokio", "chapter8-many-cooks/async-and-children", "chapter8-many-cooks/cancelled"],
  ["fork", "chapter0-kitchen/start-and-finish", "chapter8-many-cooks/what-memory-costs"],
  ["page fault", "chapter0-kitchen/mapped-not-handed-over", "chapter8-many-cooks/what-memory-costs"],
  ["GIL", "chapter8-many-cooks/what-is-shared"],
  ["stop recording ffmpeg", "chapter6-microphone/stopping"],
  ["wav header", "chapter6-microphone/samples-into-wav"],
  ["job control", "chapter7-conversations/kill-and-whom-it-misses"],
  ["password", "chapter1-run/what-it-inherits", row("the-password-is")],
  ["atomic write", "chapter3-stdout/into-a-file"],

  // What goes over fork and exec.
  ["umask child", "chapter1-run/what-it-inherits", "appendix-reference/what-goes-over#row-umask"],
  ["nice value inherited", "appendix-reference/what-goes-over#row-nice-value"],
  ["Alarm clock exit code 142", row("alarm-clock"), "appendix-reference/what-goes-over#row-alarm"],
  ["printed twice fork", row("a-line-is-printed-twice"), "appendix-reference/what-goes-over#memory-and-threads"],
  ["flock already running", row("a-flock-lock"), "appendix-reference/what-goes-over#row-flock-locks"],
  ["symbol lookup error LD_LIBRARY_PATH", row("a-program-of-the-system"), "appendix-reference/what-goes-over#row-ld-preload"],
];
