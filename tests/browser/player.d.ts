// The types that the scripts of a run are checked with, and are not loaded with:
// server.js, player.js and what they use.

/**
 * One thing that happened in a run: a line of a recording, or of the answer to
 * POST /runs. Kinds that the player does not know are passed over.
 */
interface RunEvent {
  /** Seconds since the start. */
  t: number;
  kind: string;
  /** What was written; in base64 where it is not UTF-8. */
  text?: string;
  base64?: string;
  /** How much of the output is not in the page. */
  bytes?: number;
  /** How many runs, or builds, must end before this one begins. */
  ahead?: number;
  /** The run's id in the server's addresses. */
  id?: string;
  /** How it ended: an exit status, or a signal. */
  code?: number;
  signal?: number;
  /** How long it ran; of `timed_out`, how long it might. */
  seconds?: number;
  /** The process that was left behind. */
  name?: string;
  files?: Artifact[];
  verdict?: string;
  differences?: string[];
  /** What the reader can tell of a difference; the link has it filled in. */
  report?: { text: string; link?: string };
  /** Why nothing was compared. */
  why?: string;
  message?: string;
  /** Whether an exercise passed its check. */
  passed?: boolean;
  /** The bound that it exceeded: how many, and of `what`. */
  most?: number;
  /** Or what is being built. */
  what?: string;
}

/** One thing that is said of a check, as a terminal says it. */
interface Said {
  mark: "✓" | "✗" | null;
  text: string;
  is_rustc: boolean;
}

/** What the compiler says of an edit. */
interface Diagnostic {
  level: "error" | "warning";
  message: string;
  /** As a terminal shows it. */
  rendered: string;
  /** Where in the listing, from 1; an error of no place there has no line. */
  line?: number;
  column?: number;
}

/**
 * A listing in the page. Who has something else run than the book's listing
 * says so here, and names the button by `data-verb` and a `verb` event; events
 * that the player does not know come to the figure under their kind, after
 * `begun`: what was shown before is gone.
 */
interface Figure extends HTMLElement {
  /** What POST /runs gets besides the listing's name. */
  wanted?: () => Promise<object>;
  /** Whether what was refused may be asked for once more. */
  agrees?: (said: Refused) => Promise<boolean>;
}

/** The body of an answer that refuses. */
interface Refused {
  error?: string;
  /** What the reader must agree to first. */
  consent?: string;
  /** The file as it is on disk. */
  source?: string;
  version?: string;
}

/** What the controls of a listing do. */
interface Acts {
  /** Starts a run, or ends the one that is under way. */
  run(): void;
  replay(): void;
  /** Sends a line to stdin. */
  feed(line: string): void;
  endInput(): void;
}

/** A file that a run left. */
interface Artifact {
  name: string;
  bytes: number;
  /** Its media type. */
  type: string;
  /** It cannot be fetched. */
  too_large?: boolean;
}

type Stream = "stdin" | "stdout" | "stderr";

interface Piece {
  stream: Stream;
  text: string;
}

/** A recording, or a run. */
type Source = (signal: AbortSignal) => AsyncGenerator<RunEvent[]>;

type State = "ready" | "replaying" | "waiting" | "running" | "ended" | "failed";
