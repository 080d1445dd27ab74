import { inDays } from '../support/access-steps.js';
import { requestStates, terminalStates } from '../../src/modules/requests/request.state.js';

export type Machine = 'request' | 'mechanism' | 'grant' | 'incident';

/** A mutation of a thing with states: a command of its table, or, where it is none, when and by whom it may be given. */
export interface MachineRow {
  readonly on: Machine;
  readonly command?: string;
  readonly given?: { readonly from: readonly string[]; readonly by: readonly string[] };
  /** What is tried beside the common values. */
  readonly values?: Readonly<Record<string, unknown>>;
  /** Columns of the thing that have to be filled for it. */
  readonly columns?: Readonly<Record<string, unknown>>;
  /** The test in which it is done, where that takes more than a state. */
  readonly doneIn?: string;
}

/** A mutation of nothing with states: the permission alone decides. */
interface StatelessRow {
  readonly on: 'nothing';
}

const of = (on: Machine, command: string, values: MachineRow['values'] = {}): MachineRow => ({
  ...{ on, command, values },
});
const stateless: StatelessRow = { on: 'nothing' };
const always = requestStates;
const everybody = [
  'administrator',
  'requester',
  'another researcher',
  'operator',
  'evaluator',
  'ig-approver',
  'custodian',
  'auditor',
];

/** Every mutation has a row here, or the build fails. */
export const mutationRows: Readonly<Record<string, MachineRow | readonly MachineRow[] | StatelessRow>> = {
  submitRequest: of('request', 'submit'),
  resubmitRequest: of('request', 'resubmit'),
  withdrawRequest: of('request', 'withdraw'),
  agreeRequest: of('request', 'agree'),
  returnRequest: of('request', 'return'),
  declineRequest: of('request', 'decline'),
  generateCandidate: of('request', 'generate', { reason: 'The first one did not last.' }),
  reworkRequest: of('request', 'rework'),
  waiveChecks: { ...of('request', 'waive'), doneIn: 'test/stories/failed-checks-are-waived-by-two.test.ts' },
  endorseRequest: of('request', 'endorse'),
  approveRequest: of('request', 'approve'),
  queryRequest: of('request', 'query'),
  rejectRequest: of('request', 'reject'),
  recheckRequest: of('request', 'recheck'),
  closeRequest: of('request', 'close'),
  suspendRelease: of('request', 'suspend'),
  reinstateRelease: {
    ...of('request', 'reinstate'),
    doneIn: 'test/stories/releases-are-stopped-and-taken-back.test.ts',
  },
  recallRelease: of('request', 'recall', { reasonClass: 'QUALITY' }),
  editRequest: {
    on: 'request',

    given: { from: ['DRAFT', 'RETURNED'], by: ['requester'] },
  },
  amendRequest: { on: 'request', given: { from: ['PUBLISHED'], by: ['requester'] } },
  appealRequest: { on: 'request', given: { from: ['REJECTED'], by: ['requester'] } },
  publishRequest: { on: 'request', given: { from: ['APPROVED'], by: ['operator'] } },
  cancelRequestJob: {
    on: 'request',
    doneIn: 'test/stories/long-jobs-are-cancelled.test.ts',
    given: { from: ['GENERATING', 'CHECKING'], by: ['operator', 'evaluator'] },
  },
  reauditRelease: {
    on: 'request',
    given: { from: ['PUBLISHED', 'SUSPENDED'], by: ['evaluator', 'ig-approver'] },
  },
  declareConflict: { on: 'request', given: { from: always, by: ['operator', 'evaluator', 'ig-approver'] } },
  openAssessment: {
    on: 'request',
    given: {
      from: requestStates.filter((state) => !terminalStates.includes(state)),
      by: ['operator', 'evaluator', 'ig-approver'],
    },
  },
  reportIncident: { on: 'request', given: { from: always, by: everybody }, values: { severity: 'LOW' } },
  submitMechanism: of('mechanism', 'submit'),
  reviewMechanism: of('mechanism', 'review'),
  returnMechanism: of('mechanism', 'return'),
  approveMechanism: of('mechanism', 'approve'),
  suspendMechanism: of('mechanism', 'suspend'),
  reinstateMechanism: of('mechanism', 'reinstate'),
  retireMechanism: of('mechanism', 'retire'),
  withdrawMechanism: {
    ...of('mechanism', 'withdraw'),
    doneIn: 'test/stories/mechanisms-are-approved-once.test.ts',
  },
  withdrawApplication: of('grant', 'withdraw'),
  assessApplication: of('grant', 'assess'),
  approveAccess: of('grant', 'approve'),
  declineAccess: of('grant', 'decline', { reasonClass: 'OTHER' }),
  suspendAccess: of('grant', 'suspend'),
  resumeAccess: of('grant', 'resume'),
  revokeAccess: of('grant', 'revoke'),
  relinquishAccess: of('grant', 'relinquish'),
  closeAccess: {
    ...of('grant', 'close'),
    columns: { end_note: 'Nothing is left.', destruction_confirmed_at: inDays(0) },
  },
  confirmFilesDestroyed: { on: 'grant', given: { from: ['EXPIRED', 'REVOKED'], by: ['requester'] } },
  writeEndNote: { on: 'grant', given: { from: ['EXPIRED', 'REVOKED'], by: ['requester'] } },
  writeToRefereeAgain: {
    on: 'grant',
    doneIn: 'test/stories/access-is-granted-person-by-person.test.ts',
    given: { from: ['REQUESTED'], by: ['requester'] },
  },
  commandIncident: ['triage', 'contain', 'confirm', 'dismiss', 'close'].map((command) =>
    of('incident', command, { command: command.toUpperCase() }),
  ),
  acceptLicence: stateless,
  addPerson: stateless,
  answerAsReferee: stateless,
  answerAssessment: stateless,
  answerMembership: stateless,
  applyForAccess: stateless,
  askConflictWithdrawal: stateless,
  blockPerson: stateless,
  cancelDelivery: stateless,
  cancelModel: stateless,
  cancelProfile: stateless,
  changePassword: stateless,
  completeSignIn: stateless,
  confirmConflictWithdrawal: stateless,
  confirmDestruction: stateless,
  confirmSeparation: stateless,
  confirmBackendClient: stateless,
  createApiToken: stateless,
  createDownloadLink: stateless,
  createWebhook: stateless,
  decideTraining: stateless,
  declareMechanismConflict: stateless,
  declareProfileConflict: stateless,
  delegateApproval: stateless,
  deliverRelease: stateless,
  disablePerson: stateless,
  disableWebhook: stateless,
  draftRequest: stateless,
  enablePerson: stateless,
  freezeAll: stateless,
  liftBlock: stateless,
  markRead: stateless,
  matchSources: stateless,
  movePersonToProvider: stateless,
  openUpload: stateless,
  orderEvidenceReport: stateless,
  proposeSeparation: stateless,
  registerBackendClient: stateless,
  registerMechanism: stateless,
  registerRules: stateless,
  registerSource: stateless,
  renewWebhookSecret: stateless,
  requestModel: stateless,
  requestProfile: stateless,
  resendDeadLetter: stateless,
  revokeApiToken: stateless,
  revokeBackendClient: stateless,
  revokeDelegation: stateless,
  revokeSessions: stateless,
  signAssessment: stateless,
  signIn: stateless,
  signOut: stateless,
  signProfile: stateless,
  submitTraining: stateless,
  thawAll: stateless,
};
