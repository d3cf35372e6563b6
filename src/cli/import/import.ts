/** `steward policy import`: the configuration of other tools becomes a policy that does the same. */
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { parse } from '../../policy/parse.ts';
import { didYouMean, problemText } from '../../policy/problem.ts';
import { parseWaiver } from '../../policy/waivers/parse.ts';
import { MAX_BYTES } from '../../policy/yaml.ts';
import { EXIT, type Console } from '../console.ts';
import type { Shelf } from '../policies.ts';
import { UsageError } from '../repository.ts';
import type { ValidateOptions } from '../validate.ts';
import { readAction } from './actions-dco.ts';
import type { Made, Named, PolicyImportOptions } from './asked.ts';
import { ALLSTAR_NAMES } from './allstar-files.ts';
import { readAllstar } from './allstar.ts';
import { beside } from './beside.ts';
import { readClomonitor } from './clomonitor.ts';
import { readApps } from './dco-app.ts';
import type { Decision, Reading, WaiverFile } from './decision.ts';
import { merged } from './merge.ts';
import { policyText } from './policy-text.ts';
import { readRepolinter } from './repolinter.ts';
import { refuse, show } from './show.ts';
import { isStray, toolOf } from './tool.ts';

/** Prints one policy made of all files, with a comment for each decision, and the waivers below it. */
export async function importPolicy(
  paths: readonly string[],
  options: PolicyImportOptions,
  shelf: Shelf,
  console: Console,
): Promise<number> {
  const files: Named[] = [];
  const strays: Decision[] = [];
  for (const source of paths) {
    const text = await textAt(source);
    const isOne = paths.length > 1 && options.from === undefined && isStray(source, text);
    if (isOne) strays.push(stray(source));
    else files.push({ source, text, from: options.from ?? toolOf(source, text) });
  }
  if (files.length === 0) throw new UsageError('None of the files is one of Allstar, and nothing else can be told of them.');
  const readings = await readAll(files, options, console.now());
  const faults = readings.flatMap((one) => ('faults' in one ? one.faults : []));
  if (faults.length > 0) return refuse(faults, options, console);
  const sound = readings.flatMap((one) => ('faults' in one ? [] : [one]));
  const made = policyOf([...together(sound, files), ...strays], files, options.layer, shelf);
  const waivers = sound.flatMap((one) => one.waivers ?? []);
  await show({ ...made, waivers, unready: unready(waivers, shelf), files }, options, console);
  return EXIT.fine;
}

function stray(source: string): Decision {
  const name = basename(source);
  const meant = didYouMean(name.replace(/\.ya?ml$/i, ''), ALLSTAR_NAMES);
  const says = `is not the name of a file of Allstar, so neither Allstar nor this import reads it.${meant === null ? '' : ` ${meant}`}`;
  return { source, line: 1, key: '', found: name, says, set: null, isTodo: true };
}

/** The waivers that cannot be used as they are: something in them is left to do. */
function unready(waivers: readonly WaiverFile[], { rules }: Shelf): readonly string[] {
  return waivers.flatMap(({ file, text }) => {
    const { problems } = parseWaiver({ layer: 'organization', source: file, commit: null, oid: null, text }, rules);
    return problems.length === 0 ? [] : [file];
  });
}

/** All decisions; Allstar alone has groups, and its files are read first. */
function together(
  readings: readonly { readonly decisions: readonly Decision[] }[],
  files: readonly Named[],
): readonly Decision[] {
  const all = readings.flatMap(({ decisions }) => decisions);
  if (!files.some(({ from }) => from === 'allstar')) return all;
  const [own = { decisions: [] }, ...others] = readings;
  const rest = others.flatMap(({ decisions }) => decisions);
  return [...beside(own.decisions, rest), ...rest];
}

async function readAll(files: readonly Named[], options: PolicyImportOptions, now: Date): Promise<readonly Reading[]> {
  const allstar = files.filter(({ from }) => from === 'allstar');
  const others = files.filter(({ from }) => from !== 'allstar').map((file) => readOne(file, options, now));
  return [...(allstar.length === 0 ? [] : [readAllstar(allstar, options.layer)]), ...(await Promise.all(others))];
}

async function readOne(file: Named, options: PolicyImportOptions, now: Date): Promise<Reading> {
  switch (file.from) {
    case 'dco-app':
      return readApps(file);
    case 'actions-dco':
      return readAction(file);
    case 'repolinter':
      return readRepolinter(file, textAt);
    case 'clomonitor':
      return readClomonitor(file, options, now);
    case 'allstar':
      return readAllstar([file], options.layer);
  }
}

function policyOf(all: readonly Decision[], files: readonly Named[], layer: ValidateOptions['layer'], shelf: Shelf): Made {
  const wished = layer === 'repository' ? all.map(forRepository) : all;
  const { lines, lost } = merged(wished, shelf.rules);
  const kept = wished.filter((one) => !lost.some((other) => isOf(other, one)));
  const left = [...kept.filter(({ set }) => set === null), ...lost];
  const policy = policyText(
    files.map(({ source }) => source),
    lines,
    left,
  );
  assertSound(policy, layer, shelf);
  return { policy, decisions: [...kept, ...lost] };
}

function isOf(lost: Decision, decision: Decision): boolean {
  return decision.set !== null && lost.source === decision.source && lost.key === decision.key && lost.found === decision.found;
}

const ORGANIZATION_ONLY = /^(?:checkName|mayOverride|mayLoosen|locked|groups)\b/;

/** What only the organization's policy can say stays in a comment. */
function forRepository(decision: Decision): Decision {
  const { set } = decision;
  if (set === null || !ORGANIZATION_ONLY.test(set.key)) return decision;
  const says = `${decision.says} Only the organization's policy can say so: ${set.key}: ${String(set.value)}`;
  return { ...decision, says, set: null, isTodo: true };
}

function assertSound(text: string, layer: ValidateOptions['layer'], { rules }: Shelf): void {
  const { problems } = parse({ layer, source: 'the imported policy', commit: null, oid: null, text }, rules);
  if (problems.length > 0) throw new Error(`The import made a policy that is not sound: ${problems.map(problemText).join(' ')}`);
}

async function textAt(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    // The readers refuse a larger file in words; there is no need to read it for that.
    return size > 16 * MAX_BYTES ? ' '.repeat(Math.min(size, 256 * MAX_BYTES)) : await readFile(path, 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const reason = code === 'ENOENT' ? 'there is no such file' : code === 'EISDIR' ? 'it is a folder' : String(code);
    throw new UsageError(`${path} cannot be read: ${reason}.`, { cause: error });
  }
}
