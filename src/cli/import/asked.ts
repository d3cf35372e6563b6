/** What an import is asked for, and what comes of it. Types only. */
import type { ValidateOptions } from '../validate.ts';
import type { Decision, Foreign } from './decision.ts';
import type { Tool } from './tool.ts';

/** What `steward policy import` was asked for. */
export interface PolicyImportOptions {
  readonly format: ValidateOptions['format'];
  readonly layer: ValidateOptions['layer'];
  readonly from?: Tool;
  /** What the repository is called, for waivers; else after the folder of the file. */
  readonly repository?: string;
  /** The login of who approves the waivers. */
  readonly approver?: string;
  /** The last day of the waivers: YYYY-MM-DD; else in a year. */
  readonly until?: string;
  /** A folder into which the files are written, instead of being printed. */
  readonly to?: string;
}

/** A file and whose it is. */
export interface Named extends Foreign {
  readonly from: Tool;
}

/** The policy that came of files. */
export interface Made {
  readonly policy: string;
  readonly decisions: readonly Decision[];
}
