import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { CheckStatus } from '../../evaluation/check.js';
import type { Tier } from '../../generators/generator.js';
import { TierEnum, type UseCase, UseCaseEnum } from '../vocabulary/index.js';
import { DeclaredUseType } from './declared-use.type.js';
import type { Declarations } from './request-form.rules.js';
import type { RequestFacts, SignedAssessment } from './request.rules.js';
import { type RequestState, requestStates, terminalStates } from './request.state.js';

const RequestStateEnum = Object.fromEntries(requestStates.map((state) => [state, state]));
registerEnumType(RequestStateEnum, { name: 'RequestState' });

@InputType('DeclarationsInput')
@ObjectType('Declarations')
export class DeclarationsType implements Declarations {
  @Field(() => Boolean, { description: 'The data will not be used for direct care.' })
  readonly notForDirectCare!: boolean;

  @Field(() => Boolean, { description: 'Nobody will try to identify a person from the data.' })
  readonly noReIdentification!: boolean;

  @Field(() => Boolean, { description: 'The use is not commercial.' })
  readonly nonCommercial!: boolean;

  @Field(() => Boolean, { description: 'The requester has no conflict of interest.' })
  readonly noConflictOfInterest!: boolean;
}

export type LinkKind = 'amendment' | 'appeal';

/** What somebody asks for, and how far it has come. */
@ObjectType('Request')
@Entity('request')
export class ReleaseRequest implements RequestFacts {
  static readonly subject = 'Request';

  @Field(() => ID)
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  /** For people to speak of it. */
  @Field(() => String)
  @Column('text')
  reference!: string;

  @Field(() => RequestStateEnum)
  @Column('text')
  state!: RequestState;

  @Field(() => Int)
  @Column('integer')
  revision!: number;

  @Column('uuid')
  requesterId!: string;

  @Field(() => String)
  @Column('text')
  title!: string;

  @Field(() => String)
  @Column('text')
  purpose!: string;

  @Field(() => UseCaseEnum)
  @Column('text')
  useCase!: UseCase;

  @Field(() => TierEnum)
  @Column('text')
  tier!: Tier;

  @Field(() => ID)
  @Column('uuid')
  sourceId!: string;

  @Field(() => [String])
  @Column('text', { array: true })
  columns!: string[];

  @Field(() => Int)
  @Column('integer')
  rows!: number;

  @Field(() => [String])
  @Column('text', { array: true })
  formats!: string[];

  @Field(() => DeclarationsType)
  @Column('jsonb')
  declarations!: DeclarationsType;

  @Field(() => DeclaredUseType)
  @Column('jsonb')
  declaredUse!: DeclaredUseType;

  @Column('uuid', { nullable: true })
  operatorId!: string | null;

  @Column('uuid', { nullable: true })
  evaluatorId!: string | null;

  @Column('uuid', { array: true })
  approverIds!: string[];

  /** In whose stead a delegate has approved in this round; each counts as one with the delegate. */
  @Column('uuid', { array: true })
  delegatorIds!: string[];

  /** Who declared a conflict of interest; it is not taken back. */
  @Column('uuid', { array: true })
  recusedIds!: string[];

  @Field(() => ID, { nullable: true })
  @Column('uuid', { nullable: true })
  mechanismId!: string | null;

  @Field(() => String, { nullable: true, description: 'Same request, mechanism and seed: same bytes.' })
  @Column('text', { nullable: true })
  seed!: string | null;

  /** Of the policy under which the generation was started. */
  @Column('text', { nullable: true })
  policyHash!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the candidate: of its manifest, which names every file by hash.',
  })
  @Column('text', { nullable: true })
  candidateHash!: string | null;

  @Column('text', { nullable: true })
  checksOutcome!: CheckStatus | null;

  @Column('text', { nullable: true })
  checksPolicyHash!: string | null;

  /** Of the candidate there is; the gate asks the assessment itself as well. */
  @Column('jsonb', { nullable: true })
  assessment!: SignedAssessment | null;

  /** How often a generation was started. */
  @Field(() => Int)
  @Column('integer')
  attempt!: number;

  @Field(() => Int, {
    description: 'How often information governance was asked; approvals count for one round only.',
  })
  @Column('integer')
  reviewRound!: number;

  @Field(() => ID, {
    nullable: true,
    description: 'The request it amends, or whose rejection it appeals against.',
  })
  @Column('uuid', { nullable: true })
  parentId!: string | null;

  @Field(() => String, { nullable: true, description: 'amendment or appeal.' })
  @Column('text', { nullable: true })
  linkKind!: LinkKind | null;

  /** People who work with the requester, as the form names them; they decide as little as the requester does. */
  @Column('uuid', { array: true })
  memberIds!: string[];

  /** Of the members: who said that they are. Who has not answered is barred as well. */
  @Column('uuid', { array: true })
  confirmedMemberIds!: string[];

  /** Who was named as a member and said that they are none; nobody names them again. */
  @Column('uuid', { array: true })
  declinedMemberIds!: string[];

  /** People of the audit team who let a failed check of this candidate pass, in any round. */
  @Column('uuid', { array: true })
  waiverIds!: string[];

  /** Everybody who endorsed this candidate in any round; a query does not make an endorser an approver. */
  @Column('uuid', { array: true })
  endorserIds!: string[];

  @Column('uuid', { array: true })
  reinstaterIds!: string[];

  /** Null when the system suspended. */
  @Column('uuid', { nullable: true })
  suspendedById!: string | null;

  @Column('timestamptz', { nullable: true })
  suspendedAt!: Date | null;

  @Column('timestamptz', { nullable: true })
  approvedAt!: Date | null;

  /** The mechanism whose approval stands in for one of the release itself. */
  @Field(() => ID, { nullable: true })
  @Column('uuid', { nullable: true })
  standingMechanismId!: string | null;

  @Field(() => Date)
  @Column('timestamptz')
  createdAt!: Date;

  @Field(() => Date)
  @Column('timestamptz')
  changedAt!: Date;
}

/** Nothing is decided on it any more. */
export const isTerminal = ({ state }: ReleaseRequest): boolean => terminalStates.includes(state);

/** Approvals of an earlier round do not count in this one. */
function voidApprovals(request: ReleaseRequest): void {
  request.approverIds = [];
  request.delegatorIds = [];
  request.approvedAt = null;
  request.standingMechanismId = null;
}

/** Information governance is asked anew: what was approved in the round before does not count. */
export function beginRound(request: ReleaseRequest): void {
  voidApprovals(request);
  request.reviewRound += 1;
}

/** Stopped, by a person or by the system (null); who asked for an earlier reinstatement has to ask again. */
export function markSuspended(request: ReleaseRequest, personId: string | null, at: Date): void {
  request.suspendedById = personId;
  request.suspendedAt = at;
  request.reinstaterIds = [];
}

/** What was judged is no longer what there is: nobody's verdict on it stands. */
export function voidReviews(request: ReleaseRequest): void {
  voidApprovals(request);
  request.evaluatorId = null;
}

/** The candidate is checked anew: its checks are void, and what was said on them. */
export function voidChecks(request: ReleaseRequest): void {
  voidReviews(request);
  request.checksOutcome = null;
  request.checksPolicyHash = null;
}

/** There is no candidate (any longer); what was said of it is void too. */
export function voidCandidate(request: ReleaseRequest): void {
  voidChecks(request);
  request.endorserIds = [];
  request.waiverIds = [];
  request.operatorId = null;
  request.candidateHash = null;
  request.assessment = null;
}
