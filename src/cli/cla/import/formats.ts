/** The lists that can be imported. */
import { claAssistantCsv, claAssistantJson } from './cla-assistant.ts';
import { clabot } from './clabot.ts';
import { contributorAssistant } from './contributor-assistant.ts';
import { easyclaCompanies, easyclaEmployees, easyclaIcla } from './easycla.ts';
import type { Parsed } from './row.ts';

export type ImportFormat =
  | 'cla-assistant'
  | 'cla-assistant-json'
  | 'contributor-assistant'
  | 'easycla-icla'
  | 'easycla-employees'
  | 'easycla-companies'
  | 'clabot';

/** Reads a list. Each throws `UsageError` when the file as a whole is something else. */
export const FORMATS: Readonly<Record<ImportFormat, (text: string) => Parsed>> = {
  'cla-assistant': claAssistantCsv,
  'cla-assistant-json': claAssistantJson,
  'contributor-assistant': contributorAssistant,
  'easycla-icla': easyclaIcla,
  'easycla-employees': easyclaEmployees,
  'easycla-companies': easyclaCompanies,
  clabot,
};
