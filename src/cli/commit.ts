/** Reads a commit from its bytes as git stores them, so that no setting, mail map or signature tool comes between. */
import { coAuthorsOf } from '../facts/co-authors.ts';
import type { Commit, Person } from '../facts/source.ts';

/** The commit in a raw commit object. Accounts are GitHub's knowledge, so they are null; a signature is seen, not verified. */
export function readCommit(sha: string, raw: Buffer): Commit {
  const end = raw.indexOf('\n\n');
  const headers = readHeaders(raw.subarray(0, end < 0 ? raw.length : end));
  const first = (name: string): Buffer | undefined => headers.find((header) => header.name === name)?.value;
  const decode = decoder(first('encoding')?.toString('latin1'));
  const message = end < 0 ? '' : decode(raw.subarray(end + 2));
  const committer = decode(first('committer') ?? Buffer.alloc(0));
  const isSigned = headers.some(({ name }) => name === 'gpgsig' || name === 'gpgsig-sha256');
  return {
    sha,
    message,
    author: readPerson(decode(first('author') ?? Buffer.alloc(0))),
    committer: readPerson(committer),
    authorAccount: null,
    committerAccount: null,
    parents: headers.filter(({ name }) => name === 'parent').map(({ value }) => value.toString('latin1')),
    signature: isSigned ? { isVerified: null, byGitHub: false } : null,
    coAuthors: coAuthorsOf(message).map((person) => ({ ...person, account: null })),
    tree: first('tree')?.toString('latin1') ?? '',
    committedAt: readTime(committer),
  };
}

interface Header {
  readonly name: string;
  readonly value: Buffer;
}

/** Header lines; those that start with a space continue the one before and are of no interest here. */
function readHeaders(raw: Buffer): readonly Header[] {
  const headers: Header[] = [];
  for (let at = 0; at < raw.length;) {
    const next = raw.indexOf(10, at);
    const line = raw.subarray(at, next < 0 ? raw.length : next);
    const space = line.indexOf(32);
    if (space > 0) headers.push({ name: line.toString('latin1', 0, space), value: line.subarray(space + 1) });
    at = next < 0 ? raw.length : next + 1;
  }
  return headers;
}

/** `Name <address> seconds zone`, split as git does: at the first `<` and the first `>` after it. */
function readPerson(line: string): Person {
  const open = line.indexOf('<');
  if (open < 0) return { name: line.trim(), email: '' };
  const close = line.indexOf('>', open);
  return { name: line.slice(0, open).trim(), email: line.slice(open + 1, close < 0 ? undefined : close).trim() };
}

/** The seconds after the address, in UTC; the beginning of time where there are none, or more than a date can hold. */
function readTime(line: string): string {
  const seconds = /> (\d{1,12}) [+-]\d{4}$/.exec(line)?.[1] ?? '0';
  return new Date(Number(seconds) * 1000).toISOString().replace(/\.\d+Z$/, 'Z');
}

/** Decodes as the commit's own `encoding` header says; UTF-8 without one, or when nobody knows its name. */
function decoder(encoding: string | undefined): (bytes: Buffer) => string {
  const options = { ignoreBOM: true };
  try {
    const known = new TextDecoder(encoding ?? 'utf-8', options);
    return (bytes) => known.decode(bytes);
  } catch {
    const utf8 = new TextDecoder('utf-8', options);
    return (bytes) => utf8.decode(bytes);
  }
}
