/** Where a file was found, or what was looked for and how to mend it in the smallest step. */
import type { NearMiss, Place, Standing } from '../../facts/community.ts';
import { kindOf, type CommunityFile, type Kind } from '../../facts/community-names.ts';
import { code, quote, words, type Words } from '../../facts/words.ts';
import type { Finding } from '../rule.ts';
import { shellQuoted } from '../shell.ts';

/** The finding about one file. */
export function standingOf(id: CommunityFile, { places, nearMisses, unread }: Standing): Finding {
  const kind = kindOf(id);
  const [place] = places;
  const [miss] = nearMisses;
  if (place) return { outcome: 'pass', about: id, says: found(kind, place) };
  if (unread !== null) {
    return {
      outcome: 'unknown',
      about: id,
      says: words`Whether there is ${aOrAn(kind.label)} is not known: ${quote(unread)}.`,
    };
  }
  if (miss) return missed(kind, miss);
  return {
    outcome: 'fail',
    about: id,
    says: missing(kind),
    fix: add(kind),
    ...(id === 'description' ? {} : { create: kind.create }),
  };
}

/** The finding about a file that is only told: it is there, or that it is not is nobody's task. */
export function notedOf(id: CommunityFile, standing: Standing): Finding {
  const { outcome, about, says } = standingOf(id, standing);
  if (outcome === 'pass') return { outcome, about, says };
  return { outcome: 'exempt', about, says: words`${says} The policy does not ask for it.` };
}

function found({ label }: Kind, { path, where, via }: Place): Words {
  if (via === 'setting') return words`The ${label} is on the repository's page on GitHub.`;
  const how = via === 'symlink' ? ', a symbolic link' : via === 'folder' ? ', a folder' : '';
  const whose = where === 'organization' ? ", in the organization's .github repository" : '';
  return words`The ${label} is ${code(path)}${how}${whose}.`;
}

function missing(kind: Kind): Words {
  if (kind.id === 'description') {
    return words`There is no description, neither on the repository's page on GitHub nor in a file ${code('DESCRIPTION')}.`;
  }
  return words`There is no ${kind.label}. ${lookedIn(kind)}`;
}

function lookedIn({ folders, hasDefault, id }: Kind): Words {
  const own =
    folders.length === 1
      ? words`Steward looked at the root`
      : words`Steward looked at the root, in ${code('.github')} and in ${code('docs')}`;
  if (hasDefault) return words`${own}, and in the organization's .github repository.`;
  return id === 'changelog' ? words`${own}, and in the folders that are named after the repository.` : words`${own}.`;
}

function add({ id, create }: Kind): Words {
  if (id === 'description') {
    return words`Describe the repository in one sentence on its page on GitHub, beside "About", or in a file ${code(create)}.`;
  }
  return words`Add ${code(create)}.`;
}

/** A file is there and does not count: say why, and what turns it into one that does. */
function missed(kind: Kind, { path, reason }: NearMiss): Finding {
  const about = kind.id;
  const location = { path };
  if (reason === 'empty') {
    return {
      outcome: 'fail',
      about,
      says: words`${code(path)} is empty.`,
      fix: words`Write into ${code(path)} what people look for there.`,
      location,
    };
  }
  if (reason === 'dangling') {
    return {
      outcome: 'fail',
      about,
      says: words`${code(path)} is a symbolic link that leads to no file of this repository.`,
      fix: words`Let the link lead to a file of this repository, or put the text in its place.`,
      location,
    };
  }
  const right = path.replace(/[^/]*$/, 'CODEOWNERS');
  return {
    outcome: 'fail',
    about,
    says: words`${code(path)} is there, but GitHub ignores it: it reads code owners only from a file named exactly ${code('CODEOWNERS')}.`,
    fix: words`Rename ${code(path)} to ${code(right)}:`,
    commands: [`git mv ${shellQuoted(path)} ${shellQuoted(right)}`],
    location,
  };
}

function aOrAn(label: string): string {
  return `${/^[aeiou]/i.test(label) ? 'an' : 'a'} ${label}`;
}
