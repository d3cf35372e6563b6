/** Spellings that SPDX's matching guidelines (annex B.9 and `equivalentwords.txt`) hold to be the same word. */

/** British and American endings of these stems differ by one letter. */
const STEMS = ['author', 'organ', 'recogn', 'real', 'initial', 'emphas', 'maxim', 'util', 'summar', 'custom', 'character'];
const ENDINGS = ['e', 'ed', 'es', 'ing', 'ation', 'ations'];

const PAIRS: readonly (readonly [string, string])[] = [
  ['https', 'http'],
  ['licence', 'license'],
  ['licences', 'licenses'],
  ['licenced', 'licensed'],
  ['licencing', 'licensing'],
  ['licencor', 'licensor'],
  ['licencee', 'licensee'],
  ['acknowledgement', 'acknowledgment'],
  ['acknowledgements', 'acknowledgments'],
  ['analogue', 'analog'],
  ['analyse', 'analyze'],
  ['artefact', 'artifact'],
  ['artefacts', 'artifacts'],
  ['calibre', 'caliber'],
  ['catalogue', 'catalog'],
  ['centre', 'center'],
  ['colour', 'color'],
  ['defence', 'defense'],
  ['expressed', 'express'],
  ['favour', 'favor'],
  ['favourite', 'favorite'],
  ['fulfil', 'fulfill'],
  ['fulfilment', 'fulfillment'],
  ['honour', 'honor'],
  ['instal', 'install'],
  ['judgement', 'judgment'],
  ['labelled', 'labeled'],
  ['labour', 'labor'],
  ['merchantibility', 'merchantability'],
  ['merchantabilty', 'merchantability'],
  ['modelled', 'modeled'],
  ['modelling', 'modeling'],
  ['neighbour', 'neighbor'],
  ['owner', 'holder'],
  ['owners', 'holders'],
  ['practise', 'practice'],
  ['programme', 'program'],
  ['signalling', 'signaling'],
  ['whilst', 'while'],
  ['wilfull', 'willful'],
  ['wilful', 'willful'],
];

/** Words that are written in one, with a hyphen or in two. */
const IN_TWO: readonly (readonly [string, string])[] = [
  ['sub', 'license'],
  ['sub', 'licenses'],
  ['sub', 'licensed'],
  ['sub', 'licensing'],
  ['sub', 'licensee'],
  ['sub', 'licensees'],
  ['sub', 'licensable'],
  ['non', 'commercial'],
  ['non', 'commercially'],
  ['non', 'infringement'],
  ['non', 'infringing'],
  ['non', 'transferable'],
  ['non', 'exclusive'],
  ['non', 'compliant'],
  ['non', 'compliance'],
  ['per', 'cent'],
  ['through', 'out'],
];

const SAME: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...PAIRS.map(([from, to]) => [from, [to]] as const),
  ...STEMS.flatMap((stem) => ENDINGS.map((ending) => [`${stem}is${ending}`, [`${stem}iz${ending}`]] as const)),
  ...IN_TWO.map((parts) => [parts.join(''), parts] as const),
  ['sublicence', ['sub', 'license']] as const,
]);

/** The words that stand for a lower-case word; null: it stands for itself. */
export function sameWords(word: string): readonly string[] | null {
  return SAME.get(word) ?? null;
}
