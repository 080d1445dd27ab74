import { helpCommand, helpOn } from './help.js';
import { loadConfig } from '../modules/platform/config/config.js';
import type { Command } from './command.js';

const command = (name: string, options: Command['options'] = {}): Command => ({
  name,
  summary: 'do it',
  options,
  run: () => Promise.resolve(0),
});

describe('help', () => {
  it('keeps the longest name apart from what it does', async () => {
    const lines: string[] = [];
    const context = {
      ...{ loadConfig: () => loadConfig({}), environment: {}, complain: () => undefined },
      print: (line: string) => lines.push(line),
    };
    await helpCommand([command('short'), command('a-very-long-name')]).run(context, {});
    expect(lines).toContain('  a-very-long-name  do it');
    expect(lines).toContain('  short             do it');
  });

  it('on one command lists its options', () => {
    const options = { population: { type: 'string', short: 'p' }, out: { type: 'string' } } as const;
    expect(helpOn(command('simulate', options))).toBe(
      'picketfence simulate: do it\n\nOptions:\n  -p, --population\n  --out',
    );
  });
});
