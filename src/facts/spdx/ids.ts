/** Ids of the SPDX list: which there are, how SPDX writes them, and what the deprecated ones are called today. */
import exceptions from 'spdx-exceptions/index.json' with { type: 'json' };
import deprecatedExceptions from 'spdx-exceptions/deprecated.json' with { type: 'json' };
import ids from 'spdx-license-ids/index.json' with { type: 'json' };

/** What one id stands for: old ids stand for a license with an exception. */
export interface Named {
  readonly id: string;
  /** Null: none. */
  readonly exception: string | null;
}

/** Every current id, in SPDX's own spelling; deprecated ones are not among them. */
export const LICENSE_IDS: readonly string[] = ids;

/** Exceptions that the package does not know yet; see https://spdx.org/licenses/exceptions-index.html. */
const NEWER_EXCEPTIONS: readonly string[] = [
  'Asterisk-linking-protocols-exception',
  'CGAL-linking-exception',
  'Classpath-exception-2.0-short',
  'Digia-Qt-LGPL-exception-1.1',
  'erlang-otp-linking-exception',
  'GPL-3.0-389-ds-base-exception',
  'harbour-exception',
  'Independent-modules-exception',
  'kvirc-openssl-exception',
  'mxml-exception',
  'PCRE2-exception',
  'polyparse-exception',
  'romic-exception',
  'RRDtool-FLOSS-exception-2.0',
  'rsync-linking-exception',
  'Simple-Library-Usage-exception',
  'sqlitestudio-OpenSSL-exception',
];

/** Every exception, in SPDX's own spelling. */
const EXCEPTION_IDS: readonly string[] = [...new Set([...exceptions, ...deprecatedExceptions, ...NEWER_EXCEPTIONS])];

/**
 * What SPDX says instead of its deprecated ids (`obsoletedBy` in https://github.com/spdx/license-list-XML). The versions of the
 * GNU licenses are derived below. `Net-SNMP` stands for a stack of licenses that changed since, so it stays what it is.
 */
const REPLACED: readonly (readonly [old: string, id: string, exception: string | null])[] = [
  ['BSD-2-Clause-FreeBSD', 'BSD-2-Clause-Views', null],
  ['BSD-2-Clause-NetBSD', 'BSD-2-Clause', null],
  ['bzip2-1.0.5', 'bzip2-1.0.6', null],
  ['eCos-2.0', 'GPL-2.0-or-later', 'eCos-exception-2.0'],
  ['GPL-2.0-with-autoconf-exception', 'GPL-2.0-only', 'Autoconf-exception-2.0'],
  ['GPL-2.0-with-bison-exception', 'GPL-2.0-only', 'Bison-exception-2.2'],
  ['GPL-2.0-with-classpath-exception', 'GPL-2.0-only', 'Classpath-exception-2.0'],
  ['GPL-2.0-with-font-exception', 'GPL-2.0-only', 'Font-exception-2.0'],
  ['GPL-2.0-with-GCC-exception', 'GPL-2.0-only', 'GCC-exception-2.0'],
  ['GPL-3.0-with-autoconf-exception', 'GPL-3.0-only', 'Autoconf-exception-3.0'],
  ['GPL-3.0-with-GCC-exception', 'GPL-3.0-only', 'GCC-exception-3.1'],
  ['Net-SNMP', 'Net-SNMP', null],
  ['Nunit', 'zlib-acknowledgement', null],
  ['StandardML-NJ', 'SMLNJ', null],
  ['wxWindows', 'GPL-2.0-or-later', 'WxWindows-exception-3.1'],
];

const CURRENT: ReadonlySet<string> = new Set(LICENSE_IDS);
const BY_NAME: ReadonlyMap<string, Named> = byName();
const EXCEPTION_BY_NAME: ReadonlyMap<string, string> = new Map(EXCEPTION_IDS.map((id) => [id.toLowerCase(), id]));

/** Whether the text is a current id in SPDX's own spelling. */
export function isLicenseId(text: string): boolean {
  return CURRENT.has(text);
}

/**
 * The current id that the text stands for, whatever its case: `gpl-2.0` is `GPL-2.0-only`, `LGPL-2.1+` is `LGPL-2.1-or-later`.
 * Null: none, or one that only an expression can say (`CDDL-1.0+`, `GPL-2.0-with-classpath-exception`).
 */
export function canonicalId(text: string): string | null {
  const named = nameOf(text);
  return named?.exception === null ? named.id : null;
}

/** What the text stands for, exceptions of old ids told; null: nothing on the SPDX list. */
export function nameOf(text: string): Named | null {
  return BY_NAME.get(text.trim().toLowerCase()) ?? null;
}

/** The exception in SPDX's own spelling, whatever the case of the text; null: no exception of the SPDX list. */
export function canonicalException(text: string): string | null {
  return EXCEPTION_BY_NAME.get(text.trim().toLowerCase()) ?? null;
}

/** In lower case. What ends in `-only` was said without it before, and what ends in `-or-later` with a plus. */
function byName(): ReadonlyMap<string, Named> {
  const names = new Map<string, Named>();
  for (const id of LICENSE_IDS) {
    const named = { id, exception: null };
    names.set(id.toLowerCase(), named);
    if (id.endsWith('-only')) names.set(id.slice(0, -'-only'.length).toLowerCase(), named);
    if (id.endsWith('-or-later')) {
      names.set(`${id.slice(0, -'-or-later'.length).toLowerCase()}+`, named);
      names.set(`${id.toLowerCase()}+`, named);
    }
  }
  for (const [old, id, exception] of REPLACED) {
    names.set(old.toLowerCase(), { id, exception });
    const later = id.replace(/-only$/, '-or-later');
    if (later.endsWith('-or-later')) names.set(`${old.toLowerCase()}+`, { id: later, exception });
  }
  return names;
}
