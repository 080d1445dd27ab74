import { configTableText } from '../modules/platform/config/config-table.js';
import type { Command } from './command.js';

export function helpCommand(others: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    summary: 'say what there is',
    options: {},
    run: ({ print }) => {
      print('Usage: picketfence <command>\n');
      const commands = [...others, help];
      const width = 2 + Math.max(...commands.map(({ name }) => name.length));
      for (const { name, summary } of commands) print(`  ${name.padEnd(width)}${summary}`);
      print('\nSettings, read from the environment:\n');
      print(configTableText());
      return Promise.resolve(0);
    },
  };
  return help;
}

/** What `picketfence COMMAND --help` says: what it does, what it takes, and each of its options by name. */
export function helpOn({ name, summary, options }: Command): string {
  const names = Object.entries(options).map(([option, { short }]) =>
    short === undefined ? `--${option}` : `-${short}, --${option}`,
  );
  const list = names.length === 0 ? '' : `\n\nOptions:\n  ${names.join('\n  ')}`;
  return `picketfence ${name}: ${summary}${list}`;
}
