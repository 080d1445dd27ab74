import { lintRules } from '../../src/evaluation/lint/rules/registry.js';
import { configTableMarkdown } from '../../src/modules/platform/config/config.js';
import { type Audience, notificationRules } from '../../src/modules/notifications/notification.rules.js';
import { notificationText } from '../../src/modules/notifications/notification-texts.rules.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import { requestTransitions, terminalStates } from '../../src/modules/requests/request.state.js';

/** The parts of pages that are made from the program, by the name between the marks. */
export const generatedParts: Readonly<Record<string, () => string>> = {
  settings: configTableMarkdown,
  transitions: transitionTable,
  diagram: stateDiagram,
  roles: roleTable,
  thresholds: thresholdTable,
  notifications: notificationTable,
  deadlines: deadlineTable,
  'lint-rules': lintRuleTable,
};

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (heading: readonly string[], rows: readonly string[]): string =>
  [row(...heading), row(...heading.map(() => '---')), ...rows, ''].join('\n');

function transitionTable(): string {
  const rows = requestTransitions.map(({ command, from, to, by }) =>
    row(`\`${command}\``, from.join(', '), to, by.join(', ')),
  );
  return table(['Command', 'From', 'To', 'Given by'], rows);
}

function stateDiagram(): string {
  const arrows = requestTransitions.flatMap(({ command, from, to }) =>
    from.map((state) => `  ${state} --> ${to}: ${command}`),
  );
  const ends = terminalStates.map((state) => `  ${state} --> [*]`);
  return ['```mermaid', 'stateDiagram-v2', '  [*] --> DRAFT', ...arrows, ...ends, '```', ''].join('\n');
}

function roleTable(): string {
  const { roles, delegation } = loadPolicy('policies');
  const rows = [...roles, { role: 'delegate (while it lasts)', may: delegation.may }].flatMap(
    ({ role, may }) =>
      may.map(({ actions, subject, where }) =>
        row(role, subject, actions.join(', '), where ? `\`${JSON.stringify(where)}\`` : 'any'),
      ),
  );
  return table(['Role', 'Subject', 'May', 'Which'], rows);
}

function thresholdTable(): string {
  const { thresholds } = loadPolicy('policies');
  const rows = Object.values(thresholds).flatMap(({ tier, checks }) =>
    Object.entries(checks).map(([name, { pass, fail }]) => row(tier, name, String(pass), String(fail))),
  );
  return table(['Tier', 'Check', 'Pass', 'Fail'], rows);
}

function notificationTable(): string {
  const rows = notificationRules.map(({ action, threshold, audience, topic }) => {
    const when = threshold === undefined ? '' : ` (${threshold})`;
    return row(
      `\`${action}\`${when}`,
      audienceInWords(audience),
      notificationText(topic, { reference: '…' }),
    );
  });
  return table(['Event', 'Who is told', 'What'], rows);
}

function audienceInWords(audience: Audience): string {
  switch (audience.kind) {
    case 'part':
      return `the ${audience.part}`;
    case 'able':
      return `who may ${audience.commands.join(' or ')} it now`;
    case 'next':
      return 'who may take the next step now';
    case 'permitted':
      return `whose role may ${audience.action} it`;
    case 'downloaders':
      return 'everybody who downloaded it';
    case 'downloader':
      return 'the person who downloaded it';
  }
}

function deadlineTable(): string {
  const { states, destruction } = loadPolicy('policies').notifications;
  const rows = Object.entries({ ...states, 'confirming destruction': destruction }).map(
    ([state, { reminderDays, overdueDays }]) => row(state, String(reminderDays), String(overdueDays)),
  );
  return table(['Waiting in', 'Reminder after working days', 'Overdue after working days'], rows);
}

function lintRuleTable(): string {
  const rows = lintRules.map(({ id, severity, title, reason }) => row(`\`${id}\``, severity, title, reason));
  return table(['Rule', 'Severity', 'What holds where it finds nothing', 'Why'], rows);
}

const mark = /(<!-- generated: ([\w-]+) -->\n)(.*?)(<!-- end -->)/gs;

/** The page with every generated part as the program would write it now. */
export function withGeneratedParts(page: string): string {
  return page.replace(mark, (_, start: string, name: string, _old: string, end: string) => {
    const part = generatedParts[name];
    if (!part) throw new Error(`Nothing is generated under the name "${name}".`);
    return `${start}\n${part()}\n${end}`;
  });
}
