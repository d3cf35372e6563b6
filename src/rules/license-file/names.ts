/** What the name of a license file says about what it holds for. */
import { nameIn } from '../../facts/license/together.ts';

/** Whether a file is named plainly: it is the license of the repository as a whole. */
export function isMain(path: string): boolean {
  return MAIN.test(nameIn(path));
}

const MAIN = /^(?:licen[cs]e|copying)(?:\.(?:md|markdown|rst|txt|text|adoc|html?|rtf))?$/i;
/** LICENSE-docs, LICENSE-Acme Corp.txt, LICENSE_easyplot; not where the suffix says which license it is, as -2.0, .LESSER and -MIT do. */
const PART =
  /^(?:licen[cs]e|copying)[-_.](?!(?:lesser|lib|mit|apache|asl|bsd|isc|[al]?gpl|[me]pl|cc0?|zlib|boost|unlicense)(?![a-z])|v?\d)[\w.+ -]{2,60}$/i;

/** Whether a name such as LICENSE-docs, LICENSE-Acme Corp.txt or LICENSE_easyplot is that of a part. */
export function isOfPart(path: string): boolean {
  return PART.test(nameIn(path));
}
