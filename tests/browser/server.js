// The book's server itself, on a port of its own.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { openbook, root } from "./book.js";

export class Server {
  /** Starts it, and waits for the address that it prints. */
  static async start(folder = root, variables = {}) {
    // What the tests do is no progress of whoever runs them.
    const BOOK_PROGRESS = path.join(mkdtempSync(path.join(tmpdir(), "progress-")), "progress.txt");
    const env = { ...process.env, BOOK_PROGRESS, ...variables };
    const child = spawn(openbook, ["--no-open", "--port", "0"], { cwd: folder, env, stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "exit");
    for await (const line of createInterface({ input: child.stdout })) {
      const address = /http:\/\/\S+#token=\S+/.exec(line)?.[0];
      if (address) return new Server(child, ended, new URL(address));
    }
    throw new Error("openbook ended, and printed no address");
  }

  constructor(child, ended, address) {
    this.child = child;
    this.ended = ended;
    this.url = address;
  }

  /** The address of a page, with the token unless another fragment is given. */
  address(page, fragment = this.url.hash) {
    return new URL(page, this.url).href.split("#")[0] + fragment;
  }

  /** As Ctrl-C does. */
  async stop() {
    this.child.kill("SIGINT");
    await this.ended;
  }
}
