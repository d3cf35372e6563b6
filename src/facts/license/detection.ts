/** What a text says about its license, and where. Produced by a detector, read by rules, views and the command line. */

/** A part of the text: offsets in UTF-16 code units, the end exclusive; the line counts from 1. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly line: number;
}

/** One difference between a license and a text that was made of it: what stood there, and what stands there now. */
export interface WordEdit {
  /** Words of the license that are missing, as the license writes them; empty: nothing is missing. */
  readonly removed: string;
  /** Words that stand in their place, as the text writes them; empty: nothing was put there. */
  readonly added: string;
  /** A few words before and after, as the text writes them. */
  readonly before: string;
  readonly after: string;
  readonly span: Span;
}

/** One license found in a text. */
export interface Match {
  /** One SPDX license, perhaps with an exception: never an AND or an OR. Of several `ids` the first. */
  readonly expression: string;
  /**
   * Every SPDX license that these words can stand for. Several only where SPDX gives one text to several ids: the text of
   * the GPL never decides between `-only` and `-or-later`; headers and metadata do.
   */
  readonly ids: readonly string[];
  /** The license's own text; a header or notice that refers to one; an SPDX tag; no more than its name. */
  readonly kind: 'text' | 'header' | 'tag' | 'name';
  readonly span: Span;
  /** 0 to 1: the share of the license's words that stand there in their order. */
  readonly confidence: number;
  /** What was changed that can change the terms; null: nothing. */
  readonly modified: readonly WordEdit[] | null;
}

export interface Detection {
  /** SPDX expression of everything found; null: no license was found, or none that can be told for sure. */
  readonly expression: string | null;
  /** 0 to 1, that of the weakest match; 0 without any. */
  readonly confidence: number;
  /** The edits of all altered licenses. The expression is null then: altered terms are another license. */
  readonly modified: readonly WordEdit[] | null;
  /** In the order of the text. */
  readonly matches: readonly Match[];
  /** Why there is no expression, completing "… is not known: "; null: there is one, or nothing speaks of a license. */
  readonly reason: string | null;
}

/** Says what a text holds. Pure, and never slow: what is too large or too costly is answered with a reason. */
export type Detector = (text: string) => Detection;

/** Larger texts are not read, in UTF-16 code units: they hold more than one license, and reading them must stay cheap. */
export const LARGEST = 256 * 1024;

export const NOTHING_FOUND: Detection = { expression: null, confidence: 0, modified: null, matches: [], reason: null };
