import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Freeze } from '../freeze/index.js';
import { Person } from '../identity/index.js';
import { Incident } from '../incidents/index.js';
import { Mechanism } from '../mechanisms/index.js';
import { ReleaseRequest } from '../requests/index.js';

/** What a notification is about. */
export interface Subject {
  readonly reference: string;
  /** What the addressee has to be allowed to read. */
  readonly object: ReleaseRequest | Incident | Mechanism | Person | Freeze;
  readonly request: ReleaseRequest | null;
}

const hashShown = 12;

@Injectable()
export class Subjects {
  /** Null for what is not there, or nothing anybody is notified of. */
  async find(manager: EntityManager, subjectType: string, id: string): Promise<Subject | null> {
    if (subjectType === 'Request') return ofRequest(await manager.findOneBy(ReleaseRequest, { id }));
    if (subjectType === 'Release') return ofRequest(await requestOfRelease(manager, id));
    if (subjectType === 'Incident') return incidentSubject(manager, id);
    if (subjectType === 'Person') return personSubject(manager, id);
    if (subjectType === 'Mechanism') return mechanismSubject(manager, id);
    if (subjectType === 'Freeze') return freezeSubject(manager, id);
    return null;
  }
}

function ofRequest(request: ReleaseRequest | null): Subject | null {
  return request && { reference: request.reference, object: request, request };
}

function requestOfRelease(manager: EntityManager, id: string): Promise<ReleaseRequest | null> {
  return manager
    .createQueryBuilder(ReleaseRequest, 'request')
    .where('request.id = (SELECT request_id FROM release WHERE id = :id)', { id })
    .getOne();
}

async function incidentSubject(manager: EntityManager, id: string): Promise<Subject | null> {
  const incident = await manager.findOneBy(Incident, { id });
  const request = incident && (await manager.findOneBy(ReleaseRequest, { id: incident.requestId }));
  return request && { reference: request.reference, object: incident, request };
}

async function personSubject(manager: EntityManager, id: string): Promise<Subject | null> {
  const person = await manager.findOneBy(Person, { id });
  return person && { reference: `Account ${id.slice(0, hashShown)}`, object: person, request: null };
}

async function mechanismSubject(manager: EntityManager, id: string): Promise<Subject | null> {
  const mechanism = await manager.findOneBy(Mechanism, { id });
  if (!mechanism) return null;
  return { reference: `Mechanism ${mechanism.hash.slice(0, hashShown)}`, object: mechanism, request: null };
}

async function freezeSubject(manager: EntityManager, id: string): Promise<Subject | null> {
  const freeze = await manager.findOneBy(Freeze, { id });
  return freeze && { reference: `Freeze ${id.slice(0, hashShown)}`, object: freeze, request: null };
}
