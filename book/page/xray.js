// The X-ray of a run: rows, and above them the state at the chosen one.
globalThis.XRay = (() => {
"use strict";

const { element, part, parts } = markup;

/** Narrower, words stand under their row. In px, as all here. */
const NARROW = 560;
/** What stands before the lanes, at least; a lane, at most, at least, and on a phone. */
const [LEFT, WIDE, SLIM, SLIMMEST] = [258, 150, 48, 28];
/** How far an event is below the top of its row, and arrows are apart. */
const [EVENT, APART] = [14, 13];
/** How much lower a child is; a tube, and from one to the next. */
const [LOWER, TUBE, NEXT] = [24, 18, 27];

const STEPS = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1, Home: -1e9, End: 1e9 };

const number = new Intl.NumberFormat("en").format;
const spoken = (life) => (/runs|gone/.test(life) ? "" : life);
const ms = (t) => (t < 0.1 ? (t * 1e3).toFixed(1) : number(Math.round(t * 1e3)));
const safe = (words) => words.replace(/[&<"]/g, (c) => `&#${c.charCodeAt(0)};`);
const path = (kind, d) => `<path class="${kind}" d="${d}"/>`;
const tip = (kind, x, y, way) => path(`tip ${kind}`, `M${x - 5} ${y}h10l-5 ${way}z`);
const label = (x, y, words) => `<text x="${x}" y="${y}">${safe(words)}</text>`;
const dot = (x, y, kind) => path(`tip ${kind}`, `M${x - 3.5} ${y}a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0`);

// ---- A state is replaced, never changed

const NOTHING = { order: [], boxes: {}, tubes: {} };

const fold = (before, { changes }) => {
  if (!changes) return before;
  const boxes = { ...before.boxes };
  for (const at in changes.boxes) boxes[at] = { threads: 1, count: 1, holds: [], ...boxes[at], ...changes.boxes[at] };
  const tubes = { ...before.tubes, ...changes.tubes };
  for (const id in tubes) if (!tubes[id]) delete tubes[id];
  return { order: changes.order ?? before.order, boxes, tubes };
};
const life = ({ boxes }, at) => boxes[at]?.life ?? "gone";
const named = ({ name, count }) => (count > 1 ? `${count} × ${name}` : name);

/** Who holds the ends of what has changed hands. */
const turns = ({ changes }, { tubes }) => {
  const turned = Object.entries(changes?.tubes ?? {}).filter(([id, tube]) => tube?.held && tube.held !== tubes[id]?.held);
  return turned.map(([, { name, held }]) => `${name}: ${held}`).join("; ");
};

// ---- The lanes

const lanes = ({ at, mark, arrows = [] }, before, now, places) => {
  const lines = { runs: "", asleep: "", zombie: "", stopped: "", inner: "", gone: "" };
  let marks = mark ? label(places.get(at) + 7, EVENT + 4, mark) : "";
  let free = 0;
  for (const [at, x] of places) {
    const [was, is] = [life(before, at), life(now, at)];
    lines[was] += `M${x} 0V${was === is ? 9999 : EVENT}`;
    if (was === is) continue;
    lines[is] += `M${x} ${EVENT}V9999`;
    if (x < free) continue;
    marks += label(x + 7, EVENT + 4 + APART * (arrows.length || 1), spoken(is));
    free = x + spoken(is).length * 7;
  }
  lines.inner = lines.stopped;
  let svg = Object.entries(lines).map(([kind, d]) => path(kind, d)).join("");
  arrows.forEach(({ kind, from, to }, at) => {
    const [a, b, y] = [places.get(from), places.get(to), EVENT + at * APART];
    const way = Math.sign(b - a);
    svg += path(kind, `M${a} ${y}H${b - way * 6}`) + path(`tip ${kind}`, `M${b - way} ${y}l${-8 * way}-4.5v9z`);
    if (/wait|stuck/.test(kind)) svg += dot(a, y, kind);
  });
  return svg + marks;
};

// ---- The picture

const said = ({ order, boxes, tubes }, { says, life, orphan, threads, holds }, isAsked) => {
  // What the program itself has too tells nothing, until it is asked for.
  const lead = ({ fd, tube, end, to }) => (to || tubes[tube]?.stream) && `${fd} ${end === "read" || !fd ? "←" : "→"} ${to ?? tubes[tube].name}`;
  const common = boxes[order[0]].holds.map(lead);
  const leads = holds.map(lead).filter((it) => isAsked || !common.includes(it));
  return [says ?? spoken(life), orphan && "orphan", threads > 1 && `${threads} threads`, ...leads].filter(Boolean);
};

/** Boxes, each where `place` says, below its parent's; and tubes between them. */
const picture = (before, state, alive, place, width, isAsked) => {
  const all = alive.map((at) => {
    const [now, [x, w]] = [state.boxes[at], place(at)];
    const box = now.life === "gone" ? { ...now, count: before.boxes[at].count } : now;
    const words = said(state, box, isAsked);
    const lines = (words, wide) => Math.ceil((words.length * wide) / (w - 8));
    const h = words.reduce((sum, it) => sum + 14 * lines(it, 6), 6 + 18 * lines(named(box), 6.8));
    return { at, box, words, x, w, h, y: 3 + box.depth * LOWER };
  });
  const low = Math.max(0, ...all.map(({ y, h }) => y + h)) + 24;
  const held = new Set(all.flatMap(({ box }) => box.holds.map(({ tube }) => tube)));
  const tubes = Object.keys(state.tubes).filter((id) => held.has(id) && !state.tubes[id].stream);
  const level = Object.fromEntries(tubes.map((id, at) => [id, low + at * NEXT]));
  const parents = Object.fromEntries(all.map((it) => [it.at, it]));
  const ends = {};
  const leads = all.map(({ box, x, y, w, h }) => {
    const [parent, middle] = [parents[box.parent], x + w / 2];
    const branch = parent && path("", `M${parent.x + (parent.x < x && parent.w)} ${parent.y + 11}H${middle}V${y - 5}`) + tip("", middle, y - 7, 7);
    // The lowest are outside, so that few cross.
    const order = ({ tube }) => (ends[tube] ? level[tube] : 1e6 - level[tube]);
    const ours = box.holds.filter(({ tube }) => level[tube]).sort((a, b) => order(a) - order(b));
    const drops = ours.map(({ fd, tube, end = "" }, at) => {
      const [middle, bottom, top] = [x + ((at + 0.5) * w) / ours.length, y + h, level[tube]];
      (ends[tube] ??= []).push(middle);
      return path("casing", `M${middle} ${bottom}V${top - 3}`) + path(end, `M${middle} ${bottom}V${top}`) + (end === "write" ? "" : tip(end, middle, bottom + 9, -9)) +
        (end === "read" ? "" : tip(end, middle, top - 9, 9)) + (w / ours.length > 14 ? label(middle + 6, bottom + 13, `${fd}`) : "");
    });
    return `<g>${branch ?? ""}${drops.join("")}</g>`;
  });
  const names = [];
  const pills = tubes.map((id) => {
    const [tube, y, from] = [state.tubes[id], level[id], Math.min(...ends[id]) - 12];
    const w = Math.max(Math.max(...ends[id]) + 12 - from, tube.says.length * 5.9 + 18);
    const x = Math.max(1, Math.min(from, width - w - 1));
    const pill = (kind, w) => `<rect class="${kind} ${tube.full ? "full" : ""}" x="${x}" y="${y}" width="${w}" height="${TUBE}" rx="9"/>`;
    names.push(label(x + 9, y + 13, tube.says));
    return `<g>${pill("tube", w)}${pill("bytes", tube.bytes ? Math.max(TUBE, (w * tube.bytes) / tube.capacity) : 0)}</g>`;
  });
  const boxes = all.map(({ box, words, x, y, w, h }) => `<div class="box ${box.life} ${box.stuck ? "stuck" : ""}"
style="left:${x}px;top:${y}px;width:${w}px;height:${h}px"><b>${safe(named(box))}</b>${words.map((line) => `<span>${safe(line)}</span>`).join("")}</div>`);
  return { tubes: [...pills, ...leads, ...names], boxes, height: low + tubes.length * NEXT };
};

/** Of these elements, what has changed is drawn anew. */
const patch = (inside, all) => {
  const old = [...inside.children];
  all.forEach((html, at) => {
    if (html === inside.drawn?.[at]) return;
    if (old[at]) old[at].outerHTML = html;
    else inside.insertAdjacentHTML("beforeend", html);
  });
  old.slice(all.length).forEach((it) => it.remove());
  inside.drawn = all;
};

// ---- The view

return class {
  rows = [];
  /** The chosen row. */
  at = 0;
  /** As rows arrive, the last one is chosen. */
  isFollowing = false;
  #lines = [];
  #states = [];
  /** Rows to draw, and those in sight. */
  #came = new Set();
  #near = new Set();
  #places = new Map();
  #width = 0;
  #lane = 0;
  #room = 0;
  #tall = 0;
  #frame = 0;

  /** Below `host`; `tell` is called at each choice. */
  constructor(host, title, tell) {
    this.tell = tell;
    this.view = element("div", "xray-view");
    this.view.innerHTML = `<div class="time"><div class="track"><svg class="strip" viewBox="0 0 1 1" preserveAspectRatio="none"></svg><i class="now"></i>
<input class="slider" type="range" min="0" step="any" aria-label="Seconds"></div><span class="count"></span><button class="ask" aria-pressed="false">Who holds what</button></div>
<div class="scroll" tabindex="0" role="region" aria-label="X-ray of ${title}"><div class="top"><p class="told"></p><div class="pic" aria-hidden="true"><svg class="tubes"></svg><div class="boxes"></div></div></div>
<table><thead><tr><th>line<th>ms<th>what happened</thead><tbody class="body"></table></div>
<p class="key">│ runs ┆ asleep ┊ zombie ║ stopped · ─▸ starts ┈▸ collected ╌▸ signals <b>●─▸</b> waits for · blue writes, green reads</p>`;
    for (const it of parts(this.view, "[class]")) this[it.classList[0]] = it;
    host.append(this.view);
    this.slider.oninput = () => this.pick(this.rows.findLastIndex(({ t }) => t <= this.slider.value));
    this.ask.onclick = () => {
      this.ask.ariaPressed = this.isAsked = !this.isAsked;
      this.#measure(true);
    };
    this.view.onkeydown = (event) => this.#press(event);
    this.body.onclick = ({ target }) => {
      this.pick(target.closest("tr").n);
      this.scroll.focus({ preventScroll: true });
    };
    const see = ({ target, isIntersecting }) => (isIntersecting ? this.#near.add(target) && this.#fill(target) : this.#near.delete(target));
    this.sight = new IntersectionObserver((seen) => seen.forEach(see), { root: this.scroll, rootMargin: "300px 9999px" });
    new ResizeObserver(() => this.#measure()).observe(this.scroll);
  }

  /** A row is new, or stands in another's place. */
  take(row) {
    this.rows[row.n] = row;
    this.#came.add(row.n);
    this.#states.length = Math.min(this.#states.length, row.n);
    this.#frame ||= requestAnimationFrame(() => this.draw());
  }

  draw() {
    this.#frame = 0;
    for (const n of this.#came) {
      const [old, line] = [this.#lines[n], this.#line(this.rows[n])];
      this.#near.delete(old);
      if (old) old.replaceWith(line);
      else this.body.append(line);
      this.#lines[n] = line;
      this.sight.observe(line);
    }
    this.#came.clear();
    // In true time: waits, and a tick for each row.
    const end = (this.slider.max = Math.max(...this.rows.map(({ t, idle = 0 }) => t + idle)));
    const waits = this.rows.map(({ t, idle }) => idle && `<rect x="${t / end}" width="${idle / end}" height="1"/>`);
    this.strip.innerHTML = waits.join("") + path("", this.rows.map(({ t }) => `M${t / end} 0V1`).join(""));
    this.#measure(true);
    this.choose(this.isFollowing ? Infinity : this.at);
  }

  /** The state after a row. */
  #after(n) {
    for (let at = this.#states.length; at <= n; at++) this.#states[at] = fold(this.#states[at - 1] ?? NOTHING, this.rows[at]);
    return this.#states[n] ?? NOTHING;
  }

  /** Its lanes are drawn when it comes into sight. */
  #line({ n, t, kind, text, line = "", dim, arrows = [], output, round }) {
    const more = output?.left_out ? ` … ${number(output.left_out)} bytes more` : "";
    // A deadlock is told above.
    const words = output ? `<code>${safe(output.text.trimEnd())}</code>${more}` : `<span>${safe(kind === "deadlock" ? text.split(". ")[0] : text)}</span>`;
    const tr = element("tr", `is-${kind} ${output?.stream ?? ""} ${dim ? "dim" : ""}`);
    const height = 28 + APART * (Math.max(1, arrows.length) - +!/seen|dead|end|stop/.test(kind));
    tr.innerHTML = `${round ? `<td class="round">Round ${round}` : ""}<td class="line">${line}<td class="ms">${ms(t)}
<th class="event">${words}<small></small><td class="lanes" style="height:${height}px"><svg aria-hidden="true"></svg>`;
    return Object.assign(tr, { n });
  }

  #fill(line) {
    const [before, now] = [this.#after(line.n - 1), this.#after(line.n)];
    part(line, "svg").innerHTML = lanes(this.rows[line.n], before, now, this.#places);
    part(line, "small").textContent = this.isAsked ? turns(this.rows[line.n], before) : "";
  }

  /** Lays out another width, or other rows. */
  #measure(isStale) {
    const width = this.scroll.clientWidth;
    if (!width || !this.rows[0] || (width === this.#width && !isStale)) return;
    const { order } = this.#after(this.rows.length - 1);
    const isNarrow = this.view.classList.toggle("narrow", width < NARROW);
    const left = isNarrow ? 78 : Math.max(LEFT, width - WIDE * order.length);
    // Words beside the last lane fit too.
    const longest = Math.max(...this.rows.map(({ at, mark }) => (at === order.at(-1) && mark?.length) || 6)) * 6 + 20;
    const [most, least] = isNarrow ? [SLIM, SLIMMEST] : [(width - left) / order.length, SLIM];
    const lane = Math.max(least, Math.min(most, (width - left - longest) / (order.length - 1)));
    const lanes = lane * (order.length - 1) + Math.max(lane, longest);
    [this.#width, this.#lane, this.#room] = [width, lane, isNarrow ? width : Math.max(width - left, lanes)];
    this.view.style.cssText = `--width:${width}px;--left:${left}px;--lanes:${lanes}px`;
    this.#places = new Map(order.map((at, place) => [at, place * lane + 12]));
    this.#near.forEach((line) => this.#fill(line));
    // What is below does not move as one steps.
    if (!this.isFollowing) this.rows.slice(0, 150).forEach(({ n }) => this.#picture(n));
    this.#drawState();
  }

  #picture(n) {
    const [state, before, isNarrow] = [this.#after(n), this.#after(n - 1), this.#width < NARROW];
    // Who goes at this row is there for once more.
    const alive = state.order.filter((at) => life(state, at) !== "gone" || life(before, at) !== "gone");
    const slot = isNarrow ? Math.min(WIDE, this.#width / alive.length) : this.#lane;
    const place = (at) => [isNarrow ? alive.indexOf(at) * slot + 3 : this.#places.get(at) - 8, slot - 8];
    const drawn = picture(before, state, alive, place, this.#room, this.isAsked);
    this.#tall = Math.max(this.#tall, drawn.height);
    return drawn;
  }

  #drawState() {
    if (!this.#width) return;
    const { tubes, boxes } = this.#picture(this.at);
    this.pic.style.height = `${this.#tall}px`;
    patch(this.tubes, tubes);
    patch(this.boxes, boxes);
  }

  /** The reader chooses; these rows light up. */
  pick(n, lit = []) {
    this.isFollowing = false;
    parts(this.body, ".lit").forEach((line) => line.classList.remove("lit"));
    lit.forEach((n) => this.#lines[n].classList.add("lit"));
    this.choose(n);
  }

  choose(n) {
    this.#lines[this.at].ariaCurrent = null;
    this.at = Math.max(0, Math.min(this.rows.length - 1, n));
    const [{ t, text }, chosen] = [this.rows[this.at], this.#lines[this.at]];
    chosen.ariaCurrent = true;
    this.told.ariaLive = this.isFollowing ? "off" : "polite";
    this.told.textContent = text;
    this.count.textContent = `${this.at + 1} of ${this.rows.length}`;
    this.slider.value = t;
    this.now.style.left = `${(t / this.slider.max) * 100}%`;
    this.#drawState();
    const [inside, row] = [this.scroll, chosen].map((it) => it.getBoundingClientRect());
    const [above, below] = [row.top - inside.top - this.top.offsetHeight, row.bottom - inside.bottom];
    this.scroll.scrollTop += above < 0 ? above - 20 : Math.max(0, Math.min(below + 40, above));
    this.tell();
  }

  #press(event) {
    const step = STEPS[event.key];
    if (!step || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    // mdBook turns the page.
    event.stopPropagation();
    this.pick(this.at + step);
  }
};
})();
