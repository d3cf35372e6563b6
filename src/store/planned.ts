/** What the store does not keep yet. */
import type { Store } from './store.ts';

type Planned = Pick<
  Store,
  | 'closeFacts'
  | 'stored'
  | 'storedSubjects'
  | 'storedMerged'
  | 'extendedBy'
  | 'waivers'
  | 'lastWaivers'
  | 'keepWaivers'
  | 'everyWaiver'
  | 'admission'
  | 'admit'
  | 'preview'
  | 'keepPreview'
  | 'snapshot'
  | 'keepSnapshot'
  | 'publicationsBy'
  | 'noteWrite'
  | 'writesSince'
>;

export const planned: Planned = {
  closeFacts: () => Promise.resolve(),
  stored: () => Promise.resolve([]),
  storedSubjects: () => Promise.resolve([]),
  storedMerged: () => Promise.resolve([]),
  extendedBy: () => Promise.resolve([]),
  waivers: () => Promise.resolve(null),
  lastWaivers: () => Promise.resolve([]),
  keepWaivers: () => Promise.resolve(),
  everyWaiver: () => Promise.resolve([]),
  admission: () => Promise.resolve(null),
  admit: () => Promise.resolve(),
  preview: () => Promise.resolve(null),
  keepPreview: () => Promise.resolve(''),
  snapshot: () => Promise.resolve(null),
  keepSnapshot: () => Promise.resolve(),
  publicationsBy: () => Promise.resolve([]),
  noteWrite: () => Promise.resolve(),
  writesSince: () => Promise.resolve([]),
};
