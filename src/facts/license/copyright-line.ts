/** Lines that say who holds the copyright: every license leaves them to its user. */

/** A copyright line or a name that holds one of these says more than who the holder is. */
const TERMS =
  /\b(?:may|must|not|non(?:commercial|transferable|exclusive)?|no|shall|only|except|unless|use|used|uses|commercial|permission|permitted|prohibited|granted|license|licensed|licence|restricted|forbidden|without|provided|agree|sell|sold|fee|fees|military|never|evil)\b/i;

/** Longer lines hold more than a notice. */
const LONGEST = 300;

/** Whether words that stand where a name may stand set terms. */
export function setsTerms(words: string): boolean {
  return TERMS.test(words);
}

/** Who holds the copyright and since when, and nothing more. */
export function isCopyrightLine(line: string): boolean {
  if (line.length > LONGEST) return false;
  const bare = line.replace(/^[^\p{L}\p{N}(©<[{]+/u, '').replace(/^(?:some )?portions:? /i, '');
  if (!/^(?:copyright|copr|©|\(c\)|all rights reserved)/i.test(bare)) return false;
  const says = bare.replaceAll('©', '(c)');
  const starts =
    /^(?:copyright\b[\s:,-]*|\(c\)\s*)+(?:\(c\)|[<[{]?(?:year|yyyy|\d{4})|[<[{])/i.test(says) ||
    /^copyright\b[\s:]*\(c\)/i.test(says) ||
    /^all rights reserved\W*$/i.test(says) ||
    // A single word and a stop are the title of a section (c).
    (/^\(c\)\s*(?:copyright\b|[A-Z])/.test(says) && !/^\(c\)\s*[\p{L}-]+\.\s*$/u.test(says)) ||
    /^Copyright (?:by |: ?)?(?!Holder|Owner|Notice|Law|License|Act)(?:[A-Z]|contributors)/.test(says);
  return starts && !setsTerms(says.replace(/all rights reserved|<[^<>]*>|\([^()]*\.\/[^()]*\)|\bhttps?:\S+|\S+@\S+/gi, ''));
}
