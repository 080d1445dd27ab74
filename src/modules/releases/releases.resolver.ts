import {
  Args,
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
import { Can, type RefusalType } from '../platform/index.js';
import { ReleaseRequest, RequestResult, toRequestResult } from '../requests/index.js';
import { PublicationRequests } from './publication-requests.js';
import { ReleaseEvidence } from './release-evidence.entity.js';
import { Release } from './release.entity.js';
import { ReleasesService } from './releases.service.js';

@ObjectType()
export class ReleaseFileLink extends PackageFile {
  @Field(() => String, { description: 'Get it here, with your token.' })
  readonly path!: string;
}

@Resolver(() => Release)
export class ReleasesResolver {
  constructor(
    private readonly service: ReleasesService,
    private readonly publications: PublicationRequests,
  ) {}

  @Query(() => [Release], { description: 'Newest first.' })
  @Can('read', 'Release')
  releases(@Caller() actor: Actor): Promise<Release[]> {
    return this.service.list(actor);
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
  evidence(@Parent() { id }: Release): Promise<ReleaseEvidence | null> {
    return this.service.evidenceOf(id);
  }

  @ResolveField(() => [ReleaseFileLink])
  files(@Parent() release: Release): ReleaseFileLink[] {
    return release.files.map(({ name, mediaType, bytes, sha256 }) => {
      const path = `/releases/${release.id}/files/${encodeURIComponent(name)}`;
      return { name, mediaType, bytes, sha256, path };
    });
  }
}

@Resolver(() => ReleaseRequest)
export class RequestReleaseResolver {
  constructor(private readonly service: ReleasesService) {}

  @ResolveField(() => Release, { nullable: true })
  release(@Caller() actor: Actor, @Parent() request: ReleaseRequest): Promise<Release | null> {
    return this.service.ofRequest(actor, request.id);
  }
}
