/** The register of signatures: append-only, hash-chained. */
import type { Store } from './store.ts';

type Remembering = Pick<
  Store,
  | 'said'
  | 'decide'
  | 'certifyMerged'
  | 'certified'
  | 'agreement'
  | 'agreementVersions'
  | 'keepAgreement'
  | 'register'
  | 'enter'
  | 'entries'
  | 'erase'
  | 'verifyRegister'
  | 'awaiting'
>;

/** To be replaced by the real ones. */
export function register(): Remembering {
  return {
    said: () => Promise.resolve([]),
    decide: () => Promise.resolve(),
    certifyMerged: () => Promise.resolve(),
    certified: () => Promise.resolve([]),
    agreement: () => Promise.resolve(null),
    agreementVersions: () => Promise.resolve([]),
    keepAgreement: () => Promise.resolve(),
    register: () => Promise.resolve({ signatures: [], companies: [] }),
    enter: () => Promise.resolve(false),
    entries: () => Promise.resolve([]),
    erase: () => Promise.resolve(0),
    verifyRegister: () => Promise.resolve({ entries: 0, head: null, erased: 0, faults: [] }),
    awaiting: () => Promise.resolve([]),
  };
}
