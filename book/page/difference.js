// What differs between two texts, line by line.

/**
 * Lines of the first text only (−), of the second only (+), and of both, in order.
 * @param {string} before @param {string} after
 */
export function difference(before, after) {
  const [old, now] = [before, after].map((text) => text.replace(/\n$/, "").split("\n"));
  // How many lines are common from here on.
  const common = Array.from({ length: old.length + 1 }, () => new Uint16Array(now.length + 1));
  for (let i = old.length - 1; i >= 0; i--)
    for (let j = now.length - 1; j >= 0; j--)
      common[i][j] = old[i] === now[j] ? common[i + 1][j + 1] + 1 : Math.max(common[i + 1][j], common[i][j + 1]);
  /** @type {[string, string][]} */
  const rows = [];
  for (let i = 0, j = 0; i < old.length || j < now.length; ) {
    if (i < old.length && old[i] === now[j]) rows.push([" ", now[j++]]), i++;
    else if (j >= now.length || (i < old.length && common[i + 1][j] >= common[i][j + 1])) rows.push(["−", old[i++]]);
    else rows.push(["+", now[j++]]);
  }
  return rows;
}
