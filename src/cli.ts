#!/usr/bin/env node
import { parseArgs } from 'node:util';
import { addPersonCommand } from './commands/add-person.js';
import { auditCommand } from './commands/audit-command.js';
import type { Command } from './commands/command.js';
import { compareCommand } from './commands/compare/compare-command.js';
import { checkOmopCommand } from './commands/omop/check-omop-command.js';
import { readOmopCommand } from './commands/omop/read-omop-command.js';
import { compareModelsCommand } from './commands/compare-models.js';
import { deliverCommand } from './commands/deliver/deliver-command.js';
import { detectCommand } from './commands/detect.js';
import {
  evaluateImagesCommand,
  fitImagesCommand,
  sampleImagesCommand,
} from './commands/images/image-commands.js';
import { fitCommand } from './commands/fit.js';
import { evaluateCommand } from './commands/evaluate/evaluate-command.js';
import { helpCommand, helpOn } from './commands/help.js';
import { lintCommand } from './commands/lint.js';
import { mapCommand } from './commands/map/map-command.js';
import { migrateCommand } from './commands/migrate.js';
import { modulesCommand } from './commands/modules/modules-command.js';
import { sampleCommand } from './commands/sample.js';
import { serveCommand } from './commands/serve.js';
import { simulateCommand } from './commands/simulate/simulate-command.js';
import { StartRefused } from './commands/start-refused.js';
import { tablesCommand } from './commands/disclosure/tables-command.js';
import { validateFhirCommand } from './commands/validate-fhir/validate-fhir-command.js';
import { ConfigError, loadConfig } from './modules/platform/config/config.js';
import { EmbeddedPostgresError } from './modules/platform/postgres/embedded-postgres-error.js';

/**
 * `positional` names the one argument without a name that a command takes, `positionals` several in their order, `rest` a
 * list of any number.
 */
interface CliCommand extends Command {
  readonly positional?: string;
  readonly positionals?: readonly string[];
  readonly rest?: string;
}

const workCommands: readonly CliCommand[] = [
  ...[serveCommand, migrateCommand, addPersonCommand],
  ...[detectCommand, fitCommand, sampleCommand, compareModelsCommand],
  ...[fitImagesCommand, sampleImagesCommand, evaluateImagesCommand],
  ...[lintCommand, tablesCommand, evaluateCommand, auditCommand],
  ...[modulesCommand, simulateCommand, compareCommand, mapCommand],
  ...[checkOmopCommand, readOmopCommand, validateFhirCommand, deliverCommand],
];
const commands: typeof workCommands = [...workCommands, helpCommand(workCommands)];

/** Runs `picketfence <command> ...` and answers the exit code. */
async function runCli(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  const wanted = ['--help', '-h'].includes(name) ? 'help' : name;
  const command = commands.find((one) => one.name === wanted);
  if (command === undefined) {
    complain(`There is no command "${name}"; run "picketfence help" for the list.`);
    return 2;
  }
  if (rest.includes('--help')) {
    print(helpOn(command));
    return 0;
  }
  try {
    const {
      options,
      positional,
      positionals: names = positional === undefined ? [] : [positional],
      rest: restName,
    } = command;
    const takesSome = names.length > 0 || restName !== undefined;
    const { values, positionals } = parseArgs({ args: rest, options, allowPositionals: takesSome });
    if (restName === undefined && positionals.length > names.length) {
      complain(`"picketfence ${command.name}" takes one ${names.join(' and one ')}.`);
      return 2;
    }
    return await command.run(
      { loadConfig: () => loadConfig(process.env), print, complain, environment: process.env },
      {
        ...values,
        ...Object.fromEntries(names.map((name, index) => [name, positionals[index]])),
        ...(restName !== undefined && { [restName]: positionals.slice(names.length) }),
      },
    );
  } catch (error) {
    if (!isPlainMessage(error)) throw error;
    complain(error.message);
    return isUsageError(error) ? 2 : 1;
  }
}

/** Mistakes of whoever typed the command get a sentence; bugs keep their stack. */
function isPlainMessage(error: unknown): error is Error {
  return (
    error instanceof ConfigError ||
    error instanceof StartRefused ||
    error instanceof EmbeddedPostgresError ||
    isUsageError(error)
  );
}

function isUsageError(error: unknown): error is Error {
  return (
    error instanceof TypeError &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('ERR_PARSE_ARGS')
  );
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(line: string): void {
  process.stderr.write(`picketfence: ${line}\n`);
}

process.exit(await runCli(process.argv.slice(2))); // Outright: an idle connection must not keep a finished command.
