/** What files say together beside their rules: each key replaces what is below it. */
import { endOf } from './dates.ts';
import type { Held } from './held.ts';
import type { Document, Written } from './document.ts';
import type { Lifecycle, NotCheckable, Occasion, Pilot } from './managed.ts';
import { UNMANAGED, type Origin, type Overrider, type Policy, type TopKey } from './policy.ts';

interface Top {
  readonly checkName: Held<string> | null;
  readonly mayLoosen: Held<readonly string[]> | null;
  readonly mayOverride: Held<Overrider> | null;
  readonly lifecycle: Held<Lifecycle> | null;
  readonly pilots: Held<readonly Pilot[]> | null;
  readonly paused: Held<{ readonly because: string; readonly until: string | null }> | null;
  readonly maxNewFailures: Held<number> | null;
  readonly maxWritesPerHour: Held<number> | null;
  readonly approvers: Held<readonly string[]> | null;
  readonly maxDays: Held<number> | null;
  readonly notCheckable: Held<readonly NotCheckable[]> | null;
}

type Managed = Pick<Policy, 'paused' | 'pilots' | 'limits' | 'waivers' | 'notCheckable' | 'origins'>;

/** The last of the files, lowest first, that says a key decides it. */
export function topOf(documents: readonly Document[]): Top {
  const last = <T>(read: (document: Document) => Written<T> | null): Held<T> | null => {
    const document = documents.findLast((one) => read(one) !== null);
    const written = document && read(document);
    if (!written) return null;
    const { value, line, column } = written;
    return { value, origin: originIn(document, line), column };
  };
  return {
    checkName: last(({ checkName }) => checkName),
    mayLoosen: last(({ mayLoosen }) => mayLoosen),
    mayOverride: last(({ mayOverride }) => mayOverride),
    lifecycle: last(({ governance }) => governance.lifecycle),
    pilots: last(pilotsOf),
    paused: last(({ governance }) => governance.paused),
    maxNewFailures: last(({ governance }) => governance.maxNewFailures),
    maxWritesPerHour: last(({ governance }) => governance.maxWritesPerHour),
    approvers: last(({ governance }) => governance.approvers),
    maxDays: last(({ governance }) => governance.maxDays),
    notCheckable: last(({ governance }) => governance.notCheckable),
  };
}

/** What of it belongs to a policy at a moment: a pause is over after its last day. Without a clock it is not. */
export function managed(top: Top, certification: Held<unknown> | null, occasion: Occasion | null): Managed {
  const { paused } = top;
  const last = paused?.value.until ?? null;
  const isOver = last !== null && occasion !== null && occasion.now.getTime() >= endOf(last);
  const held: Readonly<Record<TopKey, Held<unknown> | null>> = {
    checkName: top.checkName,
    certification,
    mayOverride: top.mayOverride,
    paused: isOver ? null : paused,
    pilots: top.pilots,
    maxNewFailures: top.maxNewFailures,
    maxWritesPerHour: top.maxWritesPerHour,
    'waivers.approvers': top.approvers,
    'waivers.maxDays': top.maxDays,
    notCheckable: top.notCheckable,
  };
  return {
    paused: paused && !isOver ? { ...paused.value, origin: paused.origin } : null,
    pilots: top.pilots?.value ?? UNMANAGED.pilots,
    limits: {
      maxNewFailures: top.maxNewFailures?.value ?? UNMANAGED.limits.maxNewFailures,
      maxWritesPerHour: top.maxWritesPerHour?.value ?? UNMANAGED.limits.maxWritesPerHour,
    },
    waivers: {
      approvers: top.approvers?.value ?? UNMANAGED.waivers.approvers,
      maxDays: top.maxDays?.value ?? UNMANAGED.waivers.maxDays,
    },
    notCheckable: top.notCheckable?.value ?? UNMANAGED.notCheckable,
    origins: Object.fromEntries(Object.entries(held).flatMap(([key, one]) => (one ? [[key, one.origin]] : []))),
  };
}

/** The moment at which a last day has passed; ISO 8601, null: never. */
export function endsAt(until: string | null): string | null {
  return until === null ? null : new Date(endOf(until)).toISOString();
}

function originIn({ file: { layer, source } }: Document, line: number): Origin {
  return { layer, source, line };
}

/** Made once a document, so that what is made of them can be told apart by identity. */
const pilots = new WeakMap<Document, Written<readonly Pilot[]>>();

/** The pilots of a file. */
export function pilotsOf(document: Document): Written<readonly Pilot[]> | null {
  const written = document.governance.pilots;
  const known = pilots.get(document);
  if (known || !written) return known ?? null;
  const value = written.value.map((pilot) => ({ ...pilot.value, origin: originIn(document, pilot.line) }));
  const made = { ...written, value };
  pilots.set(document, made);
  return made;
}
