import type { ConfigKey } from './config-key.js';
import { configKeys } from './config-keys.js';

/** The configuration table of the README; a test compares the two. */
export function configTableMarkdown(): string {
  const rows = documentedKeys().map(
    (key) => `| \`${key.key}\` | ${key.type.allowed} | ${shownDefault(key)} | ${key.meaning} |`,
  );
  return ['| Key | Allowed | Default | Meaning |', '| --- | --- | --- | --- |', ...rows, ''].join('\n');
}

/** The same for a terminal. */
export function configTableText(): string {
  return documentedKeys()
    .map((key) => {
      const details = `${key.type.allowed}; default: ${shownDefault(key).replaceAll('`', '')}`;
      return `  ${key.key}\n      ${key.meaning}\n      ${details}`;
    })
    .join('\n');
}

function documentedKeys(): ConfigKey<unknown>[] {
  return Object.values(configKeys).filter((key: ConfigKey<unknown>) => !key.internal);
}

function shownDefault(key: ConfigKey<unknown>): string {
  return key.defaultShown ?? (key.default === null ? 'not set' : `\`${key.default}\``);
}
