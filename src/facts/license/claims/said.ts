/** One license that a text claims in few words. */

/** A license that is claimed, by indexes of words. */
export interface Said {
  readonly id: string;
  readonly kind: 'header' | 'name';
  readonly confidence: number;
  readonly from: number;
  readonly to: number;
}
