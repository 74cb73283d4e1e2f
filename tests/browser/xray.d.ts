// The types that xray.js is checked with. A row is what `crates/xray` makes of a
// run's events: see `row.rs` there.

declare namespace X {
  /** A name of a lane, not a place: from left to right they stand as `order` says. */
  type Column = number;
  type Life = "runs" | "asleep" | "stopped" | "zombie" | "gone";

  interface Row {
    n: number;
    /** Seconds since the start, and how long nothing happened from then on. */
    t: number;
    idle?: number;
    kind: string;
    text: string;
    at?: Column;
    /** Beside the line of that column. */
    mark?: string;
    line?: number;
    dim?: boolean;
    /** Other lines that take part. */
    also?: number[];
    arrows?: { kind: string; from: Column; to: Column }[];
    output?: { stream: string; text: string; left_out?: number };
    round?: number;
    changes?: { order?: Column[]; boxes?: Record<Column, Partial<Box>>; tubes?: Record<string, Tube | null> };
  }

  interface Hold {
    fd: number;
    tube?: string;
    end?: "read" | "write";
    to?: string;
  }

  interface Box {
    name: string;
    depth: number;
    parent: Column | null;
    life: Life;
    says?: string | null;
    stuck?: boolean;
    orphan?: boolean;
    threads: number;
    count: number;
    end?: string | null;
    holds: Hold[];
  }

  interface Tube {
    name: string;
    /** In it, and who holds its ends. */
    says: string;
    held?: string;
    bytes?: number;
    capacity?: number;
    full?: boolean;
    stream?: boolean;
  }
}

/** Rows, drawn. The script itself is checked with fewer types: it is to stay small. */
interface XRayView {
  view: HTMLElement;
  rows: X.Row[];
  /** The chosen row. */
  at: number;
  /** As rows arrive, the last one is chosen. */
  isFollowing: boolean;
  /** A row is new, or stands in another's place. */
  take(row: X.Row): void;
  /** Draws what came, now. */
  draw(): void;
  choose(n: number): void;
  /** The reader chooses; the rows named light up. */
  pick(n: number, lit?: number[]): void;
}
declare var XRay: { new (host: HTMLElement, title: string, tell: () => void): XRayView };
