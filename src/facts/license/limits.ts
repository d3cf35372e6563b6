/** Sentences that take away from what a license grants, or ask for more than it does. */

/** What is forbidden, asked for or left out. */
const LIMITS = [
  /\b(?:may|must|shall|can|could|should|will|would|is|are|be) (?:\w+ )?(?:not|only|never)\b/,
  /\b(?:cannot|never|neither|nor|solely|exclusively|refrain|abstain|hereby excluded|excluding|excludes?)\b/,
  /\b(?:do|does|did) not (?:\w+ )?(?:grant|permit|allow|apply|cover|include|extend|give|convey|authorize|use|sell|distribute|copy|modify)/,
  /\bnot (?:for|to|be|permitted|allowed|licensed|granted|available|evil|intended|in any)\b/,
  /\b(?:only|except) (?:for|in|by|if|to|when|where|with|as|under|non|personal|internal|academic|research|educational|evaluation|the|on)\b/,
  /\b(?:use|purposes?|users?|parties|persons?) only\b/,
  /\bnon (?:commercial|profit|production|military)/,
  /\b(?:commercial|military|weapons?|warfare|surveillance|nuclear|genocide|evil) /,
  /\b(?:prohibit\w*|forbid\w*|forbidden|restrict(?:ed|ions?)?|banned|illegal|unlawful|revoked?|terminate[sd]?)\b/,
  /\b(?:must|shall|required to|requires?|agrees? to|obliged|obligated|provided that|on condition|conditional|subject to)\b/,
  /\b(?:fees?|pay|paid|payments?|royalt(?:y|ies)|purchase|subscription)\b/,
  /\bunless\b/,
  /\b(?:is|are) (?:\w+ )?required\b|\b(?:governed|construed) (?:\w+ ){0,3}(?:by|under|in)\b|\b(?:jurisdiction|venue|arbitration|courts? of|laws? of)\b/,
  /\b(?:no|not) (?:more|fewer|less) than\b|\b(?:at most|up to|limited to) (?:\d|one\b|two\b|three\b|five\b|ten\b)/,
  /\b(?:expires?|terminates|ends) (?:after|on|in|when|if|at|by)\b/,
  /\bno (?:right|rights|person|one|part|company|commercial|permission|license|derivatives?|use|sale|resale)\b/,
  /\bwithout (?:prior|express|explicit|written|the|a|our|my|specific|permission|paying)/,
] as const;

/** What a license is about. */
const SUBJECT =
  /\b(?:us(?:e[ds]?|ing|er|ers|age)|s(?:ell|elling|old|ale)|resell|redistribut\w*|distribut\w*|cop(?:y|ies|ied|ying)|modif\w*|publish\w*|commercial\w*|military|weapons?|licens\w*|grant\w*|permi(?:t|ts|tted|ssion|ssions)|rights?|allowed|derivatives?|software|work|works|program|code|you|notice|notices|good|evil|compan(?:y|ies)|employees|organizations?|install\w*|fees?|pay|payments?|run|running|users?|advertis\w*|display\w*|attribution|acknowledg\w*|interface|disputes?|agreement|laws?|courts?)\b/;

/**
 * Sentences that restrict in words, and leave a license as it is: they say which parts it covers, or belong to the notices
 * that licenses recommend for files. In lower case, without marks.
 */
const HARMLESS = [
  /^(?:\w+ ){0,2}?(?:unless|except (?:where|when|as|if)) (?:(?:explicitly|expressly|otherwise|specifically) )*(?:stated|noted|specified|indicated|mentioned|marked)(?: otherwise| below| above)?\b(?=.*\b(?:licens|public domain|copyright|cover))/,
  /^(?:the following|this) (?:mit |bsd |isc )?licen[sc]e applies to all parts of .{1,60} (?:except|that are not|other than)\b.*/,
  /unless required by applicable law or agreed to in writing (?:software|material)s? distributed under (?:the|this) license is distributed on an as is basis without warranties or conditions of any kind(?: either express or implied)?/g,
  /you may not use this (?:file|software|work|project|library|program|package|product|code|repository|except)? ?except in compliance with (?:the|this) license/g,
  /see the license for the specific language governing (?:permissions|rights) and limitations(?: under the license)?/g,
  /(?:this|the) (?:\w+ ){1,3}is distributed in the hope that it will be useful but without any warranty/g,
  /without even the implied warranty of merchantability or fitness for a particular purpose/g,
  /if (?:not|you did not),? (?:see|write to|please contact|download)\b.*/g,
  /you should have received a copy of .{1,80}? (?:along|together) with this \w+/g,
  /if a copy of the mpl was not distributed with this file you can obtain one at .*/g,
  /this \w+ is subject to the terms of/g,
  /subject to the (?:following )?(?:terms|license|conditions)\b/g,
  /(?:this|the) source code form is subject to the terms of/g,
  /everyone is permitted to copy and distribute verbatim (?:or modified )?copies of this license document (?:but|and) changing it is (?:not )?allowed(?: as long as the name is changed)?/g,
  /note that the only valid version of the gpl as far as .{1,60} is concerned is .*/g,
  /this code is not standalone and requires a support library to be linked with it/g,
  /all rights reserved/g,
] as const;

/** Whether the words of a sentence, in lower case and with single blanks, set limits to the use of a work. */
export function setsLimits(sentence: string): boolean {
  const rest = HARMLESS.reduce(
    (words, harmless) => (harmless.global ? words.replaceAll(harmless, ' ') : harmless.test(words) ? '' : words),
    sentence,
  );
  return SUBJECT.test(rest) && LIMITS.some((limit) => limit.test(rest));
}

/** What nobody says in passing: uses that are forbidden, or the only ones that are not. */
const PLAIN = [
  /\b(?:may|must|shall|can|could|should) not (?:be )?(?:use|sold|sell|resell|cop|distribut|redistribut|modif|publish|run|install)\w*\b.*\b(?:software|work|program|file|code|project|commercial\w*|library|package)\b/,
  /\bnon commercial (?:use|purposes|only)\b|\b(?:no|not for|not (?:\w+ )?for) (?:\w+ )?(?:commercial|military|production) (?:use|purposes)\b/,
  /\b(?:only|solely) for (?:personal|internal|private|academic|research|educational|evaluation|non)\b|\b(?:personal|internal|research|evaluation) (?:use|purposes) only\b/,
] as const;

/** Whether a sentence forbids uses so plainly that it holds wherever a license is only named. */
export function forbidsPlainly(sentence: string): boolean {
  // Notices say so of what the license does not allow.
  if (/\bin compliance with\b|\bunder the terms\b/.test(sentence)) return false;
  return setsLimits(sentence) && PLAIN.some((limit) => limit.test(sentence));
}
