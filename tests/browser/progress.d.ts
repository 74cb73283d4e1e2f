// What book/progress.js is checked with.

/** From a page to the book's root: mdBook puts it into every page. */
declare const path_to_root: string;

/** The body of POST /progress. */
interface Unsent {
  set?: Record<string, string>;
  remove?: string[];
  /** Forget everything else first. */
  replace?: boolean;
}
