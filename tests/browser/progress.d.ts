// What book/page/progress.js is checked with.

/** From a page to the book's root: mdBook puts it into every page. */
declare const path_to_root: string;

/** The body of POST /progress. */
interface Unsent {
  set?: Record<string, string>;
  remove?: string[];
  /** Forget everything else first. */
  replace?: boolean;
}

/** What there is to do. */
interface Plan {
  /** Titles of pages by their paths. */
  pages: Record<string, string>;
  parts: Part[];
}

/** A chapter, or the appendices: the keys of what was done in it. */
interface Part {
  name: string;
  predictions: string[];
  exercises: string[];
}
