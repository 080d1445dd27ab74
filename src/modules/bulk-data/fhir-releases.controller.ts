import { Controller, Get, Param, ParseUUIDPipe, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Actor, Caller } from '../identity/index.js';
import { Can } from '../platform/index.js';
import { capabilityStatement } from './capability-statement.js';
import { FhirErrorFilter } from './fhir-error.filter.js';
import { FhirReleases } from './fhir-releases.service.js';
import { ReleaseBase } from './release-base.js';
import { readSearchRequest, searchBundle } from './search-request.rules.js';

const fhirJson = 'application/fhir+json';

/** Resources of a release, one by one. */
@Controller('releases/:id/fhir')
@UseFilters(FhirErrorFilter)
export class FhirReleasesController {
  constructor(
    private readonly releases: FhirReleases,
    private readonly base: ReleaseBase,
  ) {}

  @Get('metadata')
  @Can('download', 'Release')
  async metadata(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { release, files } = await this.releases.find(actor, id);
    const types = [...new Set(files.map(({ type }) => type))];
    const statement = capabilityStatement(this.base.of(request, id), types, release.publishedAt);
    response.type(fhirJson).send(JSON.stringify(statement));
  }

  @Get(':type')
  @Can('download', 'Release')
  async search(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('type') type: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.releases.find(actor, id);
    const search = readSearchRequest(request.query);
    const { resources, total } = await this.releases.search(actor, found, type, search);
    response.type(fhirJson).send(searchBundle(this.base.of(request, id), type, { search, resources, total }));
  }

  @Get(':type/:resourceId')
  @Can('download', 'Release')
  async read(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('type') type: string,
    @Param('resourceId') resourceId: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.releases.find(actor, id);
    response.type(fhirJson).send(await this.releases.require(actor, found, type, resourceId));
  }
}
