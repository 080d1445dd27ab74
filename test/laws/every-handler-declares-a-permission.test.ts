import 'reflect-metadata';
import type { DynamicModule, Type } from '@nestjs/common';
import { pino } from 'pino';
import { AppModule } from '../../src/app.module.js';
import { loadConfig } from '../../src/modules/platform/index.js';
import { type Permission, permissionKey } from '../../src/modules/platform/http/permission.js';
import { loadPolicy } from '../../src/modules/policy/load-policy.js';
import { permissionsAsked } from './permissions-asked.js';
import { permissionsGiven } from './permissions-given.js';

/** Everything below the root module that can have handlers. */
function classesOf(module: unknown, seen = new Set<unknown>()): Type[] {
  if (seen.has(module) || module === undefined || module === null) return [];
  seen.add(module);
  const dynamic = typeof module === 'function' ? undefined : (module as Partial<DynamicModule>);
  const own = dynamic ? dynamic.module : (module as Type);
  const listed = (kind: 'imports' | 'providers' | 'controllers'): unknown[] => [
    ...(dynamic?.[kind] ?? []),
    ...((own ? (Reflect.getMetadata(kind, own) as unknown[] | undefined) : undefined) ?? []),
  ];
  const classes = [...listed('providers'), ...listed('controllers')];
  return [
    ...classes.filter((one): one is Type => typeof one === 'function'),
    ...listed('imports').flatMap((one) => classesOf(one, seen)),
  ];
}

interface Handler {
  readonly name: string;
  readonly kind: string;
  readonly permission: Permission | undefined;
}

function handlersOf(type: Type): Handler[] {
  const prototype = type.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method =
      name === 'constructor'
        ? undefined
        : (Object.getOwnPropertyDescriptor(prototype, name)?.value as unknown);
    if (typeof method !== 'function') return [];
    const graphql = Reflect.getMetadata('graphql:resolver_type', method) as string | undefined;
    const rest = Reflect.hasMetadata('path', method) ? 'REST' : undefined;
    const kind = ['Query', 'Mutation', 'Subscription'].find((one) => one === graphql) ?? rest;
    if (kind === undefined) return [];
    const permission = Reflect.getMetadata(permissionKey, method) as Permission | undefined;
    return [{ name: `${type.name}.${name}`, kind, permission }];
  });
}

const config = loadConfig({ DATABASE_APP_URL: 'postgres://nobody@127.0.0.1/none', PICKETFENCE_MODE: 'demo' });
const classes = new Set(classesOf(AppModule.forServer(config, pino({ level: 'silent' }))));
const handlers = [...classes].flatMap(handlersOf);
const { roles } = loadPolicy('policies');

const shown = ({ permission }: Handler): string =>
  permission?.kind === 'can' ? `${permission.action} ${permission.subject}` : (permission?.kind ?? 'NONE');

describe('every handler of the server', () => {
  it('declares a permission', () => {
    expect(handlers.length).toBeGreaterThan(30);
    expect(handlers.filter(({ permission }) => !permission).map(({ name }) => name)).toEqual([]);
  });

  it('asks for a permission that some role gives', () => {
    const given = roles.flatMap(({ may }) =>
      may.flatMap(({ actions, subject }) => actions.map((action) => `${action} ${subject}`)),
    );
    const asked = handlers.filter(({ permission }) => permission?.kind === 'can').map(shown);
    expect(asked.filter((one) => !given.includes(one))).toEqual([]);
  });

  it('asks for what is written here', () => {
    const list = handlers.map((handler) => `${handler.kind} ${handler.name}: ${shown(handler)}`).sort();
    expect(list).toEqual(permissionsAsked);
  });
});

describe('every role', () => {
  it.each(roles)('$role may do what is written here', ({ role, may }) => {
    const rules = may.flatMap(({ actions, subject, where }) => {
      const condition = where
        ? ` where ${Object.entries(where)
            .map((pair) => pair.join(' = '))
            .join(', ')}`
        : '';
      return actions.map((action) => `${subject}: ${action}${condition}`);
    });
    expect(rules.sort()).toEqual(permissionsGiven[role]);
  });
});
