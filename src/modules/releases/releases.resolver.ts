import {
  Args,
  Context,
  Field,
  ID,
  Mutation,
  ObjectType,
  Parent,
  Query,
  ResolveField,
  Resolver,
} from '@nestjs/graphql';
import { PackageFile } from '../generation/index.js';
import { type Actor, Caller } from '../identity/index.js';
import { Batch, Can, type GraphqlContext, RefusalType, resultUnion } from '../platform/index.js';
import { ReleaseRequest, RequestResult, toRequestResult } from '../requests/index.js';
import { IssuedLink } from './download-link.entity.js';
import { DownloadLinks } from './download-links.service.js';
import { PublicationRequests } from './publication-requests.js';
import { ReleaseEvidence } from './release-evidence.entity.js';
import { Release } from './release.entity.js';
import { ReleasesService } from './releases.service.js';

@ObjectType()
export class ReleaseFileLink extends PackageFile {
  @Field(() => String, {
    nullable: true,
    description: 'Get it here, with your token; null where it takes a link of its own (createDownloadLink).',
  })
  readonly path!: string | null;
}

const DownloadLinkResult = resultUnion('DownloadLinkResult', IssuedLink);

@Resolver(() => Release)
export class ReleasesResolver {
  constructor(
    private readonly service: ReleasesService,
    private readonly publications: PublicationRequests,
    private readonly links: DownloadLinks,
  ) {}

  @Query(() => [Release], { description: 'Newest first.' })
  @Can('read', 'Release')
  releases(@Caller() actor: Actor): Promise<Release[]> {
    return this.service.list(actor);
  }

  @Query(() => Release, { nullable: true, description: 'Null also when you have no access.' })
  @Can('read', 'Release')
  release(@Caller() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<Release | null> {
    return this.service.find(actor, id);
  }

  @Mutation(() => DownloadLinkResult, { description: 'A link to one file, for you, for one use.' })
  @Can('download', 'Release')
  async createDownloadLink(
    @Caller() actor: Actor,
    @Args('releaseId', { type: () => ID }) releaseId: string,
    @Args('file', { type: () => String }) file: string,
  ): Promise<IssuedLink | RefusalType> {
    const answer = await this.links.issue(actor, releaseId, file);
    return 'code' in answer ? new RefusalType(answer) : answer;
  }

  @Mutation(() => RequestResult, { description: 'Ask again for the publication of an approved request.' })
  @Can('publish', 'Request')
  async publishRequest(
    @Caller() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
  ): Promise<ReleaseRequest | RefusalType> {
    return toRequestResult(await this.publications.ask(actor, id));
  }

  @ResolveField(() => ReleaseEvidence, { nullable: true })
  evidence(@Caller() actor: Actor, @Parent() { id }: Release): Promise<ReleaseEvidence | null> {
    return this.service.evidenceOf(actor, id);
  }

  @ResolveField(() => [ReleaseFileLink])
  files(@Parent() release: Release): ReleaseFileLink[] {
    return release.files.map(({ name, mediaType, bytes, sha256 }) => {
      const path =
        release.tier === 'HIGH' ? null : `/releases/${release.id}/files/${encodeURIComponent(name)}`;
      return { name, mediaType, bytes, sha256, path };
    });
  }
}

@Resolver(() => ReleaseRequest)
export class RequestReleaseResolver {
  private readonly releases = new Batch<Release, GraphqlContext & { readonly actor: Actor }>(
    (ids, { actor }) => this.service.ofRequests(actor, ids),
  );

  constructor(private readonly service: ReleasesService) {}

  @ResolveField(() => Release, { nullable: true })
  release(
    @Caller() actor: Actor,
    @Context() { req }: GraphqlContext,
    @Parent() request: ReleaseRequest,
  ): Promise<Release | null> {
    return this.releases.of({ req, actor }, request.id);
  }

  @ResolveField(() => ReleaseEvidence, {
    nullable: true,
    description:
      'What its release rests on, for those who oversee it; of tier HIGH they do not get the release itself.',
  })
  evidence(@Caller() actor: Actor, @Parent() request: ReleaseRequest): Promise<ReleaseEvidence | null> {
    return this.service.evidenceOfRequest(actor, request.id);
  }
}
