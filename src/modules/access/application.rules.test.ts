import { type Application, type ApplicationFacts, refuseApplication } from './application.rules.js';
import { isEmail, isInstitutional, normalEmail } from '../../core/text/email-address.js';
import type { TrainingForm } from './training.rules.js';

const now = new Date('2026-03-01T12:00:00Z');
const inDays = (days: number): Date => new Date(now.getTime() + days * 86_400_000);

const training: TrainingForm = {
  kind: 'NHS_DATA_SECURITY_AWARENESS',
  proofReference: 'Certificate 4711',
  issuedAt: inDays(-30),
  expiresAt: inDays(300),
};

const anApplication = (change: Partial<Application> = {}): Application => ({
  institution: 'University of Somewhere',
  institutionalEmail: 'ann@somewhere.ac.uk',
  intendedUse: 'Teach survival analysis to second-year students.',
  declarations: { lawful: true, nonCommercial: true, researchOrEducation: true, noReIdentification: true },
  teamEmails: [],
  refereeName: 'Prof. Rita Reference',
  refereeEmail: 'rita@somewhere.ac.uk',
  training,
  licenceHash: 'terms',
  ...change,
});

const facts = (change: Partial<ApplicationFacts> = {}): ApplicationFacts => ({
  release: { tier: 'HIGH', requestState: 'PUBLISHED' },
  accountEmail: 'ann@mail.example',
  isBlocked: false,
  hasLiveGrant: false,
  licenceHash: 'terms',
  institutionalDomains: ['ac.uk', 'nhs.uk'],
  trainingDaysMax: { NHS_DATA_SECURITY_AWARENESS: 366, CITI_DATA_OR_SPECIMENS_ONLY_RESEARCH: 1096 },
  now,
  ...change,
});

const undeclared = (name: string): Partial<Application> => ({
  declarations: { ...anApplication().declarations, [name]: false },
});

describe('an application for access', () => {
  it('that is complete goes to the referee', () => {
    expect(refuseApplication(anApplication(), facts())).toBeNull();
    expect(refuseApplication(anApplication({ teamEmails: ['ben@elsewhere.org'] }), facts())).toBeNull();
  });

  it.each<[Partial<Application>, string, string]>([
    [{ institution: ' ' }, 'INCOMPLETE', 'institution'],
    [{ intendedUse: 'Research.' }, 'INCOMPLETE', 'intendedUse'],
    [{ intendedUse: 'x'.repeat(4_001) }, 'INCOMPLETE', 'intendedUse'],
    [{ refereeName: '' }, 'INCOMPLETE', 'refereeName'],
    [undeclared('lawful'), 'DECLARATION_MISSING', 'lawful'],
    [undeclared('nonCommercial'), 'DECLARATION_MISSING', 'nonCommercial'],
    [undeclared('researchOrEducation'), 'DECLARATION_MISSING', 'researchOrEducation'],
    [undeclared('noReIdentification'), 'DECLARATION_MISSING', 'noReIdentification'],
    [{ institutionalEmail: 'ann' }, 'INCOMPLETE', 'institutionalEmail'],
    [{ institutionalEmail: 'ann@mail.com' }, 'NOT_INSTITUTIONAL', 'institutionalEmail'],
    [{ institutionalEmail: 'ann@notac.uk' }, 'NOT_INSTITUTIONAL', 'institutionalEmail'],
    [{ refereeEmail: 'rita@mail.com' }, 'NOT_INSTITUTIONAL', 'refereeEmail'],
    [{ refereeEmail: 'Rita <rita@somewhere.ac.uk>' }, 'INCOMPLETE', 'refereeEmail'],
    [{ refereeEmail: 'ann@somewhere.ac.uk' }, 'REFEREE_CONFLICT', 'refereeEmail'],
    [{ refereeEmail: 'ANN+reference@Somewhere.ac.uk' }, 'REFEREE_CONFLICT', 'refereeEmail'],
    [{ teamEmails: ['rita+team@somewhere.ac.uk'] }, 'REFEREE_CONFLICT', 'refereeEmail'],
    [{ teamEmails: ['ben@x.org', 'BEN@x.org'] }, 'INCOMPLETE', 'teamEmails'],
    [{ teamEmails: ['ann@somewhere.ac.uk'] }, 'INCOMPLETE', 'teamEmails'],
    [{ teamEmails: ['ben'] }, 'INCOMPLETE', 'teamEmails'],
    [{ training: { ...training, proofReference: '' } }, 'INCOMPLETE', 'proofReference'],
    [{ training: { ...training, issuedAt: inDays(1) } }, 'TRAINING_NOT_VALID', 'issuedAt'],
    [{ training: { ...training, expiresAt: now } }, 'TRAINING_NOT_VALID', 'expiresAt'],
    [{ training: { ...training, expiresAt: inDays(337) } }, 'TRAINING_NOT_VALID', 'expiresAt'],
    [{ licenceHash: 'older terms' }, 'LICENCE_NOT_ACCEPTED', 'licenceHash'],
  ])('%j is refused: %s at %s', (change, code, place) => {
    expect(refuseApplication(anApplication(change), facts())).toMatchObject({ code, place });
  });

  it.each<[Partial<ApplicationFacts>, string]>([
    [{ release: null }, 'NOT_FOUND'],
    [{ release: { tier: 'HIGH', requestState: 'SUSPENDED' } }, 'NOT_FOUND'],
    [{ release: { tier: 'LOW', requestState: 'PUBLISHED' } }, 'UNSUPPORTED_TIER'],
    [{ isBlocked: true }, 'PERSON_BLOCKED'],
    [{ hasLiveGrant: true }, 'ALREADY_REGISTERED'],
    [{ accountEmail: 'rita@somewhere.ac.uk' }, 'REFEREE_CONFLICT'],
  ])('is refused where %j: %s', (change, code) => {
    expect(refuseApplication(anApplication(), facts(change))?.code).toBe(code);
  });

  it('takes addresses below a recognised domain, and no look-alikes', () => {
    const recognised = (address: string): boolean =>
      isEmail(address) && isInstitutional(address, ['ac.uk', 'nhs.uk']);
    expect(['a@ucl.ac.uk', 'a@x.y.nhs.uk', 'a@UCLH.NHS.UK'].filter(recognised)).toHaveLength(3);
    expect(['a@ac.uk.evil.com', 'a@xac.uk', 'a@nhs.uk@evil.com', 'ac.uk'].filter(recognised)).toEqual([]);
    expect(normalEmail(' Ann+x@Y.org ')).toBe('ann@y.org');
  });
});
