import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { pageSize, SignedIn } from '../platform/index.js';
import { CatalogueEntry } from './catalogue-entry.type.js';
import { CatalogueService } from './catalogue.service.js';

@Resolver()
export class CatalogueResolver {
  constructor(private readonly service: CatalogueService) {}

  @Query(() => [CatalogueEntry], {
    description: 'What is published, and what was, for everybody with an account. Newest first.',
  })
  @SignedIn()
  catalogue(
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('publishedBefore', {
      type: () => Date,
      nullable: true,
      description: 'To read on from the last one.',
    })
    publishedBefore: Date | null,
  ): Promise<CatalogueEntry[]> {
    return this.service.list(pageSize(first), publishedBefore ?? null);
  }
}
