/** Texts of files: remembered ones cost nothing, new ones of one moment are asked for together. */
import DataLoader from 'dataloader';
import { known, unknown, type Answer } from '../facts/answer.ts';
import type { Api } from './client.ts';
import { BLOBS_A_QUERY, blobsQuery } from './queries.ts';
import { query } from './reply.ts';
import type { BlobShape } from './shapes.ts';
import { turns } from './turns.ts';

/** Texts by git blob id. Content-addressed, so never stale. */
export interface Blobs {
  blob(oid: string): Promise<string | null>;
  keepBlob(oid: string, text: string): Promise<void>;
}

const KIB = 1024;
const MIB = 1024 * KIB;
/** Larger files are read only where a rule needs them, and never kept: anybody can push one. */
const LARGEST = MIB;
/** Whatever a rule asks for. */
const LARGEST_OF_ALL = 10 * MIB;

/** The reason of an unknown text that waiting does not change. */
export const NOT_TEXT = 'the file is not text';

/** Reads the text of a file of up to so many bytes. */
export type Text = (oid: string, largest?: number) => Promise<Answer<string>>;

/** Reads texts of one repository for one evaluation. */
export function texts(api: Api, names: () => Promise<{ owner: string; repo: string }>, blobs: Blobs | null): Text {
  const loader = new DataLoader<string, Answer<BlobShape>>(async (oids) => fetchBlobs(api, await names(), oids), {
    maxBatchSize: BLOBS_A_QUERY,
  });
  const inTurn = turns();
  const whole = new Map<string, Promise<Answer<string>>>();
  /** What GraphQL cuts; one at a time, for each may be large. */
  const wholeText = (oid: string): Promise<Answer<string>> => {
    const reading = whole.get(oid) ?? inTurn('', async () => readWhole(api, await names(), oid));
    whole.set(oid, reading);
    return reading;
  };
  return async (oid, wanted = LARGEST) => {
    const largest = Math.min(wanted, LARGEST_OF_ALL);
    const kept = await blobs?.blob(oid);
    if (typeof kept === 'string') return Buffer.byteLength(kept) > largest ? tooLarge(largest) : known(kept);
    const blob = await loader.load(oid);
    const answer = blob.known ? await textOf(blob.value, largest, () => wholeText(oid)) : blob;
    if (answer.known && Buffer.byteLength(answer.value) <= LARGEST) await blobs?.keepBlob(oid, answer.value);
    return answer;
  };
}

type Names = { readonly owner: string; readonly repo: string };

async function fetchBlobs(api: Api, names: Names, oids: readonly string[]): Promise<Answer<BlobShape>[]> {
  type Shape = { repository: Readonly<Record<`b${number}`, Partial<BlobShape> | null>> | null };
  const variables = Object.fromEntries(oids.map((oid, index) => [`o${index}`, oid]));
  const { data, faults } = await query<Shape>(api, blobsQuery(oids.length), { ...names, ...variables });
  return oids.map((_, index) => {
    const fault = faults.at('repository', `b${index}`);
    const blob = data.repository?.[`b${index}`];
    if (fault !== null) return unknown(fault);
    return blob?.byteSize === undefined ? unknown('the file is not there any more') : known(blob as BlobShape);
  });
}

async function textOf(blob: BlobShape, largest: number, whole: () => Promise<Answer<string>>): Promise<Answer<string>> {
  if (blob.byteSize === 0) return known('');
  if (blob.byteSize > largest) return tooLarge(largest);
  if (blob.isBinary === true) return unknown(NOT_TEXT);
  return !blob.isTruncated && blob.text !== null ? textual(blob.text) : whole();
}

async function readWhole(api: Api, names: Names, oid: string): Promise<Answer<string>> {
  try {
    const { data } = await api.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { ...names, file_sha: oid });
    if (data.encoding !== 'base64') return unknown('GitHub sent the file in a form that is not known');
    return textual(Buffer.from(data.content, 'base64').toString('utf8'));
  } catch (error) {
    const { status } = error as { status?: number };
    if (status === 403 || status === 404 || status === 422) return unknown(`GitHub does not send the file (status ${status})`);
    throw error;
  }
}

function tooLarge(largest: number): Answer<string> {
  return unknown(
    `the file is larger than ${largest < MIB ? `${Math.ceil(largest / KIB)} KiB` : `${Math.ceil(largest / MIB)} MiB`}`,
  );
}

/** Like git, takes a NUL for a sign of binary content. */
function textual(text: string): Answer<string> {
  return text.includes('\0') ? unknown(NOT_TEXT) : known(text);
}
