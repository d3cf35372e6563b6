/** The commands, their options and their help; the work of each is in a file of its own. */
import type { Command } from 'commander';
import { formatHelp, help, oneOf, port, positive, type Done } from './arguments.ts';
import { AUDIT_FORMATS, type AuditOptions } from './audit-table.ts';
import { TEXT_OR_JSON } from './cla/help.ts';
import { addCla } from './commands-cla.ts';
import { addLicense } from './commands-license.ts';
import { addPolicy } from './commands-policy.ts';
import { check, CHECK_FORMATS, type CheckOptions } from './check.ts';
import { EXIT, type Console } from './console.ts';
import { database, databaseHelp } from './database.ts';
import { judge } from './judge.ts';
import type { Shelf } from './policies.ts';
import { printSchema, SCHEMAS } from './schema.ts';
import { DOCS_FORMATS, writeDocs, type DocsOptions } from './write-docs.ts';
import type { VerdictsOptions } from './verdicts.ts';
import { WAIVER_FORMATS, type WaiversOptions } from './waiver-formats.ts';

/**
 * Adds every command; what a command amounts to is told to `done`. Commands that need many packages (GitHub's, the
 * server's) are imported when they are called, so that the others start at once.
 */
export function addCommands(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  addCheck(steward, shelf, console, done);
  addJudge(steward, shelf, console, done);
  addAudit(steward, shelf, console, done);
  addPolicy(steward, shelf, console, done);
  addLicense(steward, shelf, console, done);
  addCla(steward, console, done);
  addVerdicts(steward, console, done);
  addWaivers(steward, shelf, console, done);
  addSchema(steward, shelf, console, done);
  addServe(steward, console, done);
  addDemo(steward, shelf, console, done);
  addDocs(steward, console, done);
}

function addCheck(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  steward
    .command('check')
    .description('Judge a clone: its last commit, and with --base what that adds.')
    .argument('[path]', 'a clone, a folder inside one, or a bare repository', '.')
    .option('--base <ref>', 'judge the commits and changes since this branch, tag or commit, too')
    .option('--policy <file>', 'judge by this policy alone, instead of the one in the clone')
    .option('--defaults <path>', "a clone of the organization's .github repository: its policy and default files")
    .option('--name <owner/repo>', "what the repository is called on GitHub, where the clone's origin does not say")
    .option('--format <format>', formatHelp(CHECK_FORMATS), oneOf(CHECK_FORMATS), 'text')
    .option('--verbose', 'list what passes, too (text)')
    .addHelpText(
      'after',
      help(
        'steward check',
        'steward check ~/code/wallet --base origin/main',
        'steward check --policy .github/steward.yml --format sarif > steward.sarif',
      ) + ELSEWHERE_HELP,
    )
    .action(async (path: string, options: CheckOptions) => {
      done(await check(path, options, shelf, console));
    });
}

const ELSEWHERE_HELP = `

What the server alone can judge, such as signed agreements, stays unknown here and is noted; it does not make the code 1.
What is unknown because the clone lacks something (history, --defaults) does.`;

function addJudge(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  steward
    .command('judge')
    .description('Judge facts: JSON Lines on standard input, one verdict a line on standard output.')
    .requiredOption('--policy <file>', 'the policy to judge by')
    .option('--format <format>', formatHelp(['json']), oneOf(['json']), 'json')
    .addHelpText(
      'after',
      help(
        'steward check --format facts | steward judge --policy next.yml',
        'steward judge --policy .github/steward.yml < facts.jsonl > verdicts.jsonl',
        'steward schema facts',
      ),
    )
    .action(async (options: { policy: string }) => {
      done(await judge(options, shelf, console));
    });
}

function addAudit(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  steward
    .command('audit')
    .description('Judge every repository of an organization or user on GitHub. Reads only; needs no App.')
    .argument('<owner>', 'the organization or user')
    .option('--policy <file>', "judge by this policy alone, instead of the organization's")
    .option('--format <format>', formatHelp(AUDIT_FORMATS), oneOf(AUDIT_FORMATS), 'md')
    .option('--limit <count>', 'stop after this many repositories', positive)
    .option('--resume <file>', 'keep what is done in this file, and go on from it next time')
    .addHelpText(
      'after',
      help(
        'GITHUB_TOKEN=$(gh auth token) steward audit example-org > audit.md',
        'steward audit example-org --format csv --resume audit.jsonl > audit.csv',
      ),
    )
    .action(async (owner: string, options: AuditOptions) => {
      const { audit } = await import('./audit.ts');
      done(await audit(owner, options, shelf, console));
    });
}

function addVerdicts(steward: Command, console: Console, done: Done): void {
  steward
    .command('verdicts')
    .description('Print every verdict that is kept on a repository or a pull request, with who overrode what, when and why.')
    .argument('<name>', 'OWNER/REPO, or OWNER/REPO#NUMBER')
    .option('--overrides', 'only verdicts in which somebody overrode a rule')
    .option('--format <format>', `${formatHelp(TEXT_OR_JSON)}; json is one verdict a line`, oneOf(TEXT_OR_JSON), 'text')
    .addHelpText(
      'after',
      databaseHelp(
        "steward verdicts 'acme/rocket#12'",
        'steward verdicts acme/rocket --overrides --format json > overrides.jsonl',
      ),
    )
    .action(async (name: string, options: VerdictsOptions) => {
      const { verdicts } = await import('./verdicts.ts');
      done(await verdicts(name, options, await database(console), console));
    });
}

function addWaivers(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  steward
    .command('waivers')
    .description(
      'Print every version of every waiver that is kept of an organization: who asked, who approved, and what became of it.',
    )
    .argument('<owner>', 'OWNER, or OWNER/REPO where the policy repository has another name than .github')
    .option('--format <format>', formatHelp(WAIVER_FORMATS), oneOf(WAIVER_FORMATS), 'text')
    .addHelpText('after', databaseHelp('steward waivers acme', 'steward waivers acme --format csv > waivers.csv'))
    .action(async (owner: string, options: WaiversOptions) => {
      const { waivers } = await import('./waivers.ts');
      done(await waivers(owner, options, shelf, await database(console), console));
    });
}

function addSchema(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  steward
    .command('schema')
    .description(
      'Print a JSON Schema: of the facts that `judge` reads, of a verdict, or of a policy, waiver or policy test file.',
    )
    .argument('<what>', SCHEMAS.join(', '), oneOf(SCHEMAS))
    .option('--format <format>', formatHelp(['json']), oneOf(['json']), 'json')
    .addHelpText('after', help('steward schema policy > steward.schema.json'))
    .action(async (what: (typeof SCHEMAS)[number]) => {
      await printSchema(what, shelf, console);
      done(EXIT.fine);
    });
}

function addServe(steward: Command, console: Console, done: Done): void {
  steward
    .command('serve')
    .description('Serve the GitHub App. Without credentials: a page that registers it in a few clicks.')
    .addHelpText('after', help('steward serve', 'PORT=8080 LOG_LEVEL=debug steward serve'))
    .action(async () => {
      const { run } = await import('../server/main.ts');
      done(
        await run((line) => {
          console.note(line);
        }),
      );
    });
}

function addDemo(steward: Command, shelf: Shelf, console: Console, done: Done): void {
  steward
    .command('demo')
    .description('Show Steward at work on sample repositories, or on your own clones. Sends nothing anywhere.')
    .argument('[paths...]', 'clones to show instead of the sample')
    .option('--port <port>', 'where to serve the pages', port, 3000)
    .addHelpText('after', help('steward demo', 'steward demo ~/code/wallet ~/code/node --port 8080'))
    .action(async (paths: string[], options: { port: number }) => {
      const { demo } = await import('./demo.ts');
      done(await demo(paths, options, shelf, console));
    });
}

function addDocs(steward: Command, console: Console, done: Done): void {
  steward
    .command('docs')
    .description('Write the generated documents of this project.')
    .option('--check', 'only say which are out of date')
    .option('--format <format>', formatHelp(DOCS_FORMATS), oneOf(DOCS_FORMATS), 'text')
    .addHelpText('after', help('npm run docs', 'npm run docs:check'))
    .action(async (options: DocsOptions) => {
      const { documents } = await import('./docs.ts');
      done(await writeDocs(documents(), options, console));
    });
}
