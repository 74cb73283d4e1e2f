// What book/player.js is checked with, and need not be loaded with.

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
  /** How many runs wait for their turn before this one. */
  ahead?: number;
  /** The run's name in the reader's addresses. */
  id?: string;
  /** How it ended: the one or the other. */
  code?: number;
  signal?: number;
  /** How long it ran, or could. */
  seconds?: number;
  /** The process that was left behind. */
  name?: string;
  files?: Artifact[];
  verdict?: string;
  differences?: string[];
  /** Why nothing was compared. */
  why?: string;
  message?: string;
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
