// Large X-rays: a step through one of 200 processes and 2,000 rows, measured
// against the same with 20 processes and 200 rows.

import assert from "node:assert/strict";
import { test } from "node:test";
import { staticBook } from "./book.js";
import { Browser } from "./browser.js";
import { Stage } from "./stage.js";
import { crowd } from "./xray-rows.js";

const PAGE = "chapter1-run/index.html";

const folder = staticBook();
const browser = await Browser.start();

/** In the page: opens rows in an element, and steps through them. How long each step took, in ms. */
async function measure(rows) {
  const host = document.querySelector("main").appendChild(document.createElement("div"));
  const began = performance.now();
  const xray = new globalThis.XRay(host, "a crowd", () => {});
  rows.forEach((row) => xray.take(row));
  xray.draw();
  host.getBoundingClientRect();
  const opened = performance.now() - began;
  const frame = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
  await frame();
  await frame();
  const filled = [...host.querySelectorAll("tbody svg")].filter((it) => it.firstChild).length;
  const steps = [];
  for (let step = 0; step < 60; step++) {
    const began = performance.now();
    xray.pick(xray.at + Math.ceil(rows.length / 61));
    host.getBoundingClientRect();
    steps.push(performance.now() - began);
    await frame();
  }
  host.remove();
  return { opened, steps, filled };
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

test("200 processes and 2,000 rows open and step as smoothly as 20 and 200", async (t) => {
  const page = await browser.page(t);
  const stage = await Stage.open(t, folder);
  await page.goto(stage.address(PAGE));
  await page.addStyleTag({ url: "/page/xray.css" });
  await page.addScriptTag({ url: "/page/xray.js" });
  const ratios = { open: [], step: [] };
  // They take turns: a busy machine slows both.
  for (let turn = 0; turn < 5; turn++) {
    const small = await page.evaluate(measure, crowd(20, 200));
    const large = await page.evaluate(measure, crowd(200, 2000));
    ratios.open.push(large.opened / small.opened);
    ratios.step.push(median(large.steps) / median(small.steps));
    t.diagnostic(`open ${large.opened.toFixed(1)} ms to ${small.opened.toFixed(1)}, step ${median(large.steps).toFixed(2)} to ${median(small.steps).toFixed(2)}, ${large.filled} rows drawn`);
    assert.ok(large.filled < 150, "what is out of sight is not drawn");
  }
  // With ten times as much, ten times as long is the least that one may expect of opening.
  const [open, step] = [median(ratios.open), median(ratios.step)];
  t.diagnostic(`median ratios: open ${open.toFixed(1)}, step ${step.toFixed(1)}`);
  assert.ok(open < 20, `opening takes ${open} times as long`);
  assert.ok(step < 20, `a step takes ${step} times as long`);
});
