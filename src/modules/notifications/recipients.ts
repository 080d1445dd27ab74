import { Inject, Injectable } from '@nestjs/common';
import { ArrayOverlap, type EntityManager, In, IsNull } from 'typeorm';
import { Freeze } from '../freeze/index.js';
import { Actor, Person } from '../identity/index.js';
import { POLICY, type Policy } from '../policy/index.js';
import { type CurrentQuestions, QUESTIONS } from '../questions/index.js';
import { refuseCommand, type RequestCommand } from '../requests/index.js';
import { type Audience, nextCommands } from './notification.rules.js';
import type { Subject } from './subjects.js';

/** Finds the people of an audience. Nobody is among them who may not read what it is about, but holders of files. */
@Injectable()
export class Recipients {
  constructor(
    @Inject(POLICY) private readonly policy: Policy,
    @Inject(QUESTIONS) private readonly questions: CurrentQuestions,
  ) {}

  /** `downloaderId`: whom the event names, where it names one. */
  async find(
    manager: EntityManager,
    audience: Audience,
    subject: Subject,
    downloaderId: string | null,
  ): Promise<string[]> {
    switch (audience.kind) {
      case 'downloader':
        return downloaderId === null ? [] : [downloaderId];
      case 'downloaders':
        return downloadersOf(manager, subject);
      case 'everybody':
        return idsOf(await manager.find(Person, { where: { disabledAt: IsNull() }, order: { id: 'ASC' } }));
      case 'part':
        return this.readers(manager, [subject.request?.[`${audience.part}Id`] ?? null], subject);
      case 'team':
        return this.readers(manager, subject.request?.memberIds ?? [], subject);
      case 'able':
        return this.able(manager, audience.commands, subject);
      case 'next':
        return this.able(manager, nextCommands[subject.request?.state ?? ''] ?? [], subject);
      case 'permitted':
        return this.permitted(manager, audience.action, subject);
    }
  }

  /** A freeze is for everybody to know. */
  mayRead(person: Person, { object }: Subject): boolean {
    return object instanceof Freeze || this.actorFor(person).may('read', object);
  }

  private async readers(
    manager: EntityManager,
    ids: readonly (string | null)[],
    subject: Subject,
  ): Promise<string[]> {
    const known = ids.filter((id) => id !== null);
    if (known.length === 0) return [];
    const people = await manager.findBy(Person, { id: In(known), disabledAt: IsNull() });
    return idsOf(people.filter((person) => this.mayRead(person, subject)));
  }

  private async able(
    manager: EntityManager,
    commands: readonly string[],
    subject: Subject,
  ): Promise<string[]> {
    const { request } = subject;
    if (!request) return [];
    const people = await this.withRoleFor(manager, commands, subject);
    const [policyHash, questionsHash] = [this.policy.hash, this.questions.hash];
    const isAble = (person: Person): boolean =>
      commands.some(
        (command) =>
          this.actorFor(person).may(command, request) &&
          refuseCommand(command as RequestCommand, {
            request,
            personId: person.id,
            policyHash,
            questionsHash,
            attemptsMax: this.policy.lifecycle.attemptsMax,
          }) === null,
      );
    return idsOf(people.filter((person) => isAble(person) && this.mayRead(person, subject)));
  }

  private async permitted(manager: EntityManager, action: string, subject: Subject): Promise<string[]> {
    const people = await this.withRoleFor(manager, [action], subject);
    return idsOf(
      people.filter(
        (person) => this.actorFor(person).may(action, subject.object) && this.mayRead(person, subject),
      ),
    );
  }

  private async withRoleFor(
    manager: EntityManager,
    actions: readonly string[],
    { object }: Subject,
  ): Promise<Person[]> {
    const { subject: name } = object.constructor as unknown as { readonly subject: string };
    const roles = this.policy.roles.filter(({ may }) =>
      may.some((grant) => grant.subject === name && grant.actions.some((action) => actions.includes(action))),
    );
    const names = roles.map(({ role }) => role);
    if (names.length === 0) return [];
    return manager.find(Person, {
      where: { roles: ArrayOverlap(names), disabledAt: IsNull() },
      order: { id: 'ASC' },
    });
  }

  private actorFor({ id, name, roles }: Person): Actor {
    return new Actor(id, name, roles, this.policy.roles);
  }
}

const idsOf = (people: readonly Person[]): string[] => people.map(({ id }) => id);

async function downloadersOf(manager: EntityManager, { request }: Subject): Promise<string[]> {
  const rows = await manager.query<{ person_id: string }[]>(
    `SELECT DISTINCT download.person_id FROM download JOIN release ON release.id = download.release_id
     WHERE release.request_id = $1 ORDER BY download.person_id`,
    [request?.id ?? null],
  );
  return rows.map(({ person_id: id }) => id);
}
