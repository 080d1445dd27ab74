import { configTableText } from '../modules/platform/config/config-table.js';
import type { Command } from './command.js';

export function helpCommand(others: readonly Command[]): Command {
  const help: Command = {
    name: 'help',
    summary: 'say what there is',
    options: {},
    run: ({ print }) => {
      print('Usage: picketfence <command>\n');
      for (const { name, summary } of [...others, help]) print(`  ${name.padEnd(12)}${summary}`);
      print('\nSettings, read from the environment:\n');
      print(configTableText());
      return Promise.resolve(0);
    },
  };
  return help;
}
