/** The commands on the register of signatures: `steward cla …`. */
import type { Command } from 'commander';
import { formatHelp, oneOf } from './arguments.ts';
import { office, officeHelp, TEXT_OR_JSON } from './cla/help.ts';
import type { EraseOptions, RevokeOptions } from './cla/revoke.ts';
import type { ExportOptions } from './cla/export.ts';
import type { ImportOptions } from './cla/import/target.ts';
import type { ImportFormat } from './cla/import/formats.ts';
import type { RegisterFormat, VerifyOptions } from './cla/verify.ts';
import { addCompany } from './commands-company.ts';
import type { Console } from './console.ts';

type Done = (code: number) => void;

const LISTS = [
  ...(['cla-assistant', 'cla-assistant-json', 'contributor-assistant', 'easycla-icla'] as const),
  ...(['easycla-employees', 'easycla-companies', 'clabot'] as const),
] satisfies readonly ImportFormat[];

const EXPORTED = ['json', 'jsonl', 'csv'] as const;

/** Adds `cla` and its commands. */
export function addCla(steward: Command, console: Console, done: Done): void {
  const cla = steward
    .command('cla')
    .description('Work on the register of signatures under contributor agreements.')
    .addHelpText('after', officeHelp('steward cla verify', 'steward cla who octocat', 'steward cla export > register.json'));
  addVerify(cla, console, done);
  addExport(cla, console, done);
  addImport(cla, console, done);
  addWho(cla, console, done);
  addRevoke(cla, console, done);
  addCompany(cla, console, done);
}

function addVerify(cla: Command, console: Console, done: Done): void {
  cla
    .command('verify')
    .description('Say whether the register is what was entered: every entry unchanged, none missing.')
    .option('--anchor <hash>', 'a hash kept outside: it must still be in the chain')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText(
      'after',
      officeHelp('steward cla verify', 'steward cla verify --anchor "$(cut -d" " -f2 head.txt)" --format json'),
    )
    .action(async (options: VerifyOptions) => {
      const { verify } = await import('./cla/verify.ts');
      done(await verify(options, await office(console), console));
    });
  cla
    .command('head')
    .description('Print the number of entries and the hash of the last one, to be kept outside as an anchor.')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText('after', officeHelp('steward cla head > head.txt && git commit -S -m "Anchor the register" head.txt'))
    .action(async (options: { format: RegisterFormat }) => {
      const { head } = await import('./cla/verify.ts');
      done(await head(options, await office(console), console));
    });
}

function addExport(cla: Command, console: Console, done: Done): void {
  cla
    .command('export')
    .description('Print every entry, tombstones too.')
    .option('--agreement <name>', 'only what concerns this agreement; tombstones always')
    .option('--format <format>', formatHelp(EXPORTED), oneOf(EXPORTED), 'json')
    .addHelpText(
      'after',
      officeHelp('steward cla export > register.json', 'steward cla export --agreement acme/cla --format csv > cla.csv'),
    )
    .action(async (options: ExportOptions) => {
      const { exportRegister } = await import('./cla/export.ts');
      done(await exportRegister(options, await office(console), console));
    });
}

function addImport(cla: Command, console: Console, done: Done): void {
  cla
    .command('import')
    .description('Enter signatures that another tool has kept. Importing a list twice adds nothing.')
    .argument('<file>', 'the list')
    .requiredOption('--from <list>', LISTS.join(', '), oneOf(LISTS))
    .option('--agreement <name>', 'what was signed, OWNER/ID')
    .option('--version <version>', 'its version')
    .option('--text-sha256 <hash>', 'SHA-256 of the text that was signed, where it is known')
    .option('--company <name>', 'for easycla-employees: the short name of their company')
    .option('--only <address>', 'for lists of several agreements: the address of the one that is meant')
    .option('--accounts <file>', 'find accounts in this table of lines login,id, and ask nobody')
    .option('--offline', 'ask nobody: only rows with an id are imported')
    .option('--dry-run', 'write nothing; print what would be entered, and what is there already')
    .option('--another-version', 'enter rows also that an earlier import entered under another version; both stand')
    .option('--skip-unreadable', 'leave out rows that cannot be read, instead of writing nothing')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText(
      'after',
      officeHelp(
        'GITHUB_TOKEN=$(gh auth token) steward cla import cla.csv --from cla-assistant --agreement acme/cla --version 1.0 --dry-run',
        'steward cla import cla.json --from contributor-assistant --agreement acme/cla --version 2.1 --offline',
        'steward cla import people.csv --from easycla-employees --company globex --accounts ids.csv',
      ),
    )
    .action(async (path: string, options: ImportOptions) => {
      const { importList } = await import('./cla/import.ts');
      done(await importList(path, options, await office(console), console));
    });
}

function addWho(cla: Command, console: Console, done: Done): void {
  cla
    .command('who')
    .description('Print what the register holds on an account.')
    .argument('<account>', 'its numeric id, or a login that it had')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText('after', officeHelp('steward cla who octocat', 'steward cla who 583231 --format json'))
    .action(async (name: string, options: { format: RegisterFormat }) => {
      const { who } = await import('./cla/who.ts');
      done(await who(name, options, await office(console), console));
    });
}

function addRevoke(cla: Command, console: Console, done: Done): void {
  cla
    .command('revoke')
    .description('End a signature, for pull requests opened from now on.')
    .argument('<account>', 'its numeric id, or a login that it had')
    .requiredOption('--agreement <name>', 'the agreement, OWNER/ID')
    .requiredOption('--reason <words>', 'why; it is kept')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText('after', officeHelp('steward cla revoke octocat --agreement acme/cla --reason "Signed for a former employer."'))
    .action(async (name: string, options: RevokeOptions) => {
      const { revoke } = await import('./cla/revoke.ts');
      done(await revoke(name, options, await office(console), console));
    });
  cla
    .command('erase')
    .description('Erase what the register holds on an account. Tombstones stay, and the chain still verifies.')
    .argument('<id>', 'the numeric id of the account')
    .requiredOption('--reason <words>', 'why; it is kept, so name nobody in it')
    .option('--yes', 'do it; without it, only what would be erased is told, and the code is 2')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText('after', officeHelp('steward cla erase 583231 --reason "Request of 2026-05-04, letter 17" --yes'))
    .action(async (id: string, options: EraseOptions) => {
      const { erase } = await import('./cla/revoke.ts');
      done(await erase(id, options, await office(console), console));
    });
}
