// The search, as a reader uses it: mdBook's own script on the index that our build writes.

import assert from "node:assert/strict";
import { test } from "node:test";
import { staticBook } from "./book.js";
import { Browser } from "./browser.js";
import { searches } from "./searches.js";
import { Stage } from "./stage.js";

const RESULTS = 3;

const folder = staticBook();
const browser = await Browser.start();

async function open(t, address) {
  const page = await browser.page(t);
  const stage = await Stage.open(t, folder);
  await page.goto(stage.address(address));
  await page.keyboard.press("/");
  await page.waitForFunction(() => globalThis.search?.index);
  return page;
}

/** The addresses of the first results, as `PAGE#PLACE`. */
async function found(page, query) {
  await page.fill("#mdbook-searchbar", query);
  await page.press("#mdbook-searchbar", "End");
  const links = await page.locator("#mdbook-searchresults li > a").evaluateAll((links) => links.map((link) => link.href));
  return links.slice(0, RESULTS).map((link) => {
    const { pathname, hash } = new URL(link);
    return pathname.slice(1).replace(/\.html$/, "") + hash;
  });
}

function leadsTo(result, wanted) {
  const [page, place] = wanted.split("#");
  return place === undefined ? result.split("#")[0] === page : result.startsWith(`${page}#${place}`);
}

test("what people type leads to its page", async (t) => {
  const page = await open(t, "chapter5-pipes/index.html");
  const missed = {};
  for (const [query, ...wanted] of searches) {
    const results = await found(page, query);
    if (!results.some((result) => wanted.some((it) => leadsTo(result, it)))) missed[query] = results;
  }
  assert.deepEqual(missed, {});
});

test("a result leads to the row of a symptom, which shows the cure", async (t) => {
  const page = await open(t, "introduction.html");
  await found(page, "Argument list too long");
  const result = page.locator("#mdbook-searchresults li", { hasText: "Argument list too long" }).first();
  assert.match(await result.locator(".teaser").innerText(), /too many for one argument/);
  await result.locator("a").click();
  const row = page.locator("tr:has(:target)");
  assert.match(await row.innerText(), /Argument list too long/);
});

test("answers, hints and the rows of X-rays are not searched", async (t) => {
  const page = await open(t, "chapter2-output-and-errors/the-65537th-byte.html");
  const kept = ".predict li, .predict .answer ~ p, .hint > p, .xray-rows td:nth-child(2)";
  const secrets = await page.locator(kept).evaluateAll((elements) => elements.map((it) => it.textContent.trim()));
  const told = await page.evaluate((secrets) => {
    const plain = (text) => text.replace(/\s+/g, " ");
    const documents = Object.values(globalThis.search.index.documentStore.docs);
    const all = documents.map((it) => plain(it.body)).join("\n");
    return secrets.filter((secret) => secret.length > 30 && all.includes(plain(secret)));
  }, secrets);
  assert.ok(secrets.length > 10);
  assert.deepEqual(told, []);
});

test("a question, an output and a caption are searched", async (t) => {
  const page = await open(t, "chapter2-output-and-errors/the-65537th-byte.html");
  const asked = [
    "Which would end the hang, the child or the parent?",
    "65537 bytes of warnings: stuck",
    "sh waits until somebody reads its stderr. At the same time, full_pipe waits",
  ];
  const [document] = await page.evaluate(() => {
    const { doc_urls, index } = globalThis.search;
    const place = doc_urls.indexOf("chapter2-output-and-errors/the-65537th-byte.html#the-65537th-byte");
    return [index.documentStore.docs[place].body];
  });
  for (const text of asked) assert.ok(document.includes(text), `no ${text} in ${document}`);
});
