/** The list of clabot: logins, addresses, domains, or where the list is. It tells no times. */
import { z } from 'zod';
import { UsageError } from '../../repository.ts';
import { jsonOf, listIn, readItems } from './json.ts';
import type { Parsed, Reading } from './row.ts';

const LOCATIONS = ['contributorListGithubUrl', 'contributorListUrl', 'contributorWebhook'] as const;

/** Reads `.clabot`, or the list that it names. */
export function clabot(text: string): Parsed {
  const value = jsonOf(text);
  const settings = (Array.isArray(value) ? {} : (value ?? {})) as Readonly<Record<string, unknown>>;
  const contributors = Array.isArray(value) ? value : settings['contributors'];
  const location = typeof contributors === 'string' ? contributors : LOCATIONS.map((key) => settings[key]).find(isText);
  if (!Array.isArray(contributors) && location !== undefined) {
    throw new UsageError(
      `The list itself is at ${location}. Save it to a file and import that; Steward fetches nothing for an import.`,
    );
  }
  return readItems(listIn(contributors, '"contributors" with a list of names'), z.string(), readName);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function readName(given: string): Reading {
  const name = given.trim();
  if (name === '') return { found: 'an empty name', wanted: 'a login' };
  if (name.startsWith('@')) return { kind: 'other', why: 'domain', found: name };
  if (name.includes('@')) return { kind: 'other', why: 'address', found: name };
  return { kind: 'signature', login: name, accountId: null, at: null, revokedAt: null };
}
