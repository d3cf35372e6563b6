/** The commands on companies in the register: `steward cla company …`. */
import type { Command } from 'commander';
import { formatHelp, oneOf } from './arguments.ts';
import type { AddOptions } from './cla/company.ts';
import type { ActOptions } from './cla/company-act.ts';
import type { DomainOptions } from './cla/company-domain.ts';
import { office, officeHelp, TEXT_OR_JSON } from './cla/help.ts';
import type { RegisterFormat } from './cla/verify.ts';
import type { Console } from './console.ts';

type Done = (code: number) => void;

/** Adds `company` and its commands. */
export function addCompany(cla: Command, console: Console, done: Done): void {
  const company = cla
    .command('company')
    .description('Work on companies: what they signed, who manages them, whom they cover.')
    .addHelpText(
      'after',
      officeHelp(
        'steward cla company list',
        'steward cla company show globex',
        'steward cla company person add globex octocat:583231 --reason "Their letter of 2026-05-04"',
      ),
    );
  const bureau = async () => ({ office: await office(console), console });
  addSigning(company, bureau, done);
  addCover(company, bureau, done);
  addDomain(company, bureau, done);
  addShown(company, console, done);
}

type OpenBureau = () => Promise<{ office: Awaited<ReturnType<typeof office>>; console: Console }>;

const SHORT = 'the short name of the company';
const ACCOUNT = 'LOGIN:ID; or a login alone, with GITHUB_TOKEN set';

function addSigning(company: Command, bureau: OpenBureau, done: Done): void {
  acting(company, 'add')
    .description('Enter that a company signed an agreement, and who manages it.')
    .argument('<company>', 'its short name: lower-case letters, digits and dashes')
    .requiredOption('--name <name>', 'its full name')
    .requiredOption('--agreement <name>', 'what it signed, OWNER/ID')
    .requiredOption('--version <version>', 'the version that it signed')
    .option('--text-sha256 <hash>', 'SHA-256 of the text that was signed')
    .requiredOption('--manager <account...>', `who adds and removes its people: ${ACCOUNT}`)
    .addHelpText(
      'after',
      officeHelp(
        'steward cla company add globex --name "Globex, Inc." --agreement acme/corporate --version 1.0 \\\n      --manager octocat:583231 --reason "Signed on paper, folder 12"',
      ),
    )
    .action(async (id: string, options: AddOptions) => {
      const { addCompany: add } = await import('./cla/company.ts');
      done(await add(id, options, await bureau()));
    });
  acting(company, 'end')
    .description('End everything that a company signed, for pull requests opened from now on.')
    .argument('<company>', SHORT)
    .addHelpText('after', officeHelp('steward cla company end globex --reason "Their letter of 2026-05-04"'))
    .action(async (id: string, options: ActOptions) => {
      const { endCompany } = await import('./cla/company.ts');
      done(await endCompany(id, options, await bureau()));
    });
}

const SUBJECTS = {
  manager: {
    what: 'a manager, who adds and removes people on the page of the company',
    given: ACCOUNT,
    example: 'octocat:583231',
  },
  person: { what: 'a person whom the company covers', given: ACCOUNT, example: 'octocat:583231' },
  organization: {
    what: 'an organization on GitHub whose public members the company covers',
    given: 'its login',
    example: 'globex-dev',
  },
} as const;

function addCover(company: Command, bureau: OpenBureau, done: Done): void {
  for (const subject of ['manager', 'person', 'organization'] as const) {
    const { what, given, example } = SUBJECTS[subject];
    const command = company
      .command(subject)
      .description(`Add or remove ${what}.`)
      .addHelpText(
        'after',
        officeHelp(`steward cla company ${subject} add globex ${example} --reason "Their letter of 2026-05-04"`),
      );
    for (const verb of ['add', 'remove'] as const) {
      const kind = verb === 'add' ? ('added' as const) : ('removed' as const);
      acting(command, verb)
        .description(`${verb === 'add' ? 'Add' : 'Remove'} ${what}.`)
        .argument('<company>', SHORT)
        .argument(subject === 'organization' ? '<login>' : '<account>', given)
        .addHelpText(
          'after',
          officeHelp(`steward cla company ${subject} ${verb} globex ${example} --reason "Their letter of 2026-05-04"`),
        )
        .action(async (id: string, name: string, options: ActOptions) => {
          const cover = await import('./cla/company-cover.ts');
          done(
            subject === 'organization'
              ? await cover.changeOrganization(`organization-${kind}`, id, name, options, await bureau())
              : await cover.changePerson(`${subject}-${kind}`, id, name, options, await bureau()),
          );
        });
    }
  }
}

function addDomain(company: Command, bureau: OpenBureau, done: Done): void {
  const command = company
    .command('domain')
    .description('Add or remove a domain: addresses there that GitHub links to an account are covered.')
    .addHelpText(
      'after',
      officeHelp('steward cla company domain add globex globex.example --dns --reason "Asked for by their counsel"'),
    );
  acting(command, 'add')
    .description('Add a domain that is proven. With --dns, run it once to be told the record, and again when it is there.')
    .argument('<company>', SHORT)
    .argument('<domain>', 'a whole domain, such as globex.example')
    .option('--dns', 'look for the record at _steward.DOMAIN')
    .option('--proof <words>', 'how it was proven otherwise; it is kept')
    .addHelpText(
      'after',
      officeHelp('steward cla company domain add globex globex.example --dns --reason "Asked for by their counsel"'),
    )
    .action(async (id: string, domain: string, options: DomainOptions) => {
      const { addDomain: add } = await import('./cla/company-domain.ts');
      done(await add(id, domain, options, await bureau()));
    });
  acting(command, 'remove')
    .description('Remove a domain.')
    .argument('<company>', SHORT)
    .argument('<domain>', 'the domain')
    .addHelpText('after', officeHelp('steward cla company domain remove globex globex.example --reason "Sold"'))
    .action(async (id: string, domain: string, options: ActOptions) => {
      const { removeDomain } = await import('./cla/company-domain.ts');
      done(await removeDomain(id, domain, options, await bureau()));
    });
}

function addShown(company: Command, console: Console, done: Done): void {
  company
    .command('list')
    .description('List what companies signed.')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText('after', officeHelp('steward cla company list'))
    .action(async (options: { format: RegisterFormat }) => {
      const { listCompanies } = await import('./cla/company-list.ts');
      done(await listCompanies(options, await office(console), console));
    });
  company
    .command('show')
    .description('Show who manages a company, and whom it covers.')
    .argument('<company>', SHORT)
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text')
    .addHelpText('after', officeHelp('steward cla company show globex'))
    .action(async (id: string, options: { format: RegisterFormat }) => {
      const { showCompany } = await import('./cla/company-list.ts');
      done(await showCompany(id, options, await office(console), console));
    });
}

/** A command by which the office does something: it says why. */
function acting(parent: Command, name: string): Command {
  return parent
    .command(name)
    .requiredOption('--reason <words>', 'why; it is kept')
    .option('--format <format>', formatHelp(TEXT_OR_JSON), oneOf(TEXT_OR_JSON), 'text');
}
