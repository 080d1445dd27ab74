import { Controller, Get, Param, ParseUUIDPipe, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Actor, Caller } from '../identity/index.js';
import { Can } from '../platform/index.js';
import { exportManifest, sendManifest } from './export-manifest.js';
import { FhirErrorFilter } from './fhir-error.filter.js';
import { FhirReleases } from './fhir-releases.service.js';
import { sendFile } from './send-file.js';
import { ReleaseBase } from './release-base.js';

/** The files of a release (FHIR Bulk Data Access, with `$bulk-publish` of 4.0). */
@Controller('releases/:id/fhir')
@UseFilters(FhirErrorFilter)
export class BulkDataController {
  constructor(
    private readonly releases: FhirReleases,
    private readonly base: ReleaseBase,
  ) {}

  @Get('$bulk-publish')
  @Can('download', 'Release')
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { release, files } = await this.releases.find(actor, id);
    const base = this.base.of(request, id);
    response.setHeader('ETag', `"${release.candidateHash}"`);
    if (request.get('if-none-match') === `"${release.candidateHash}"`) {
      response.status(304).end();
      return;
    }
    const { publishedAt, expiresAt } = release;
    const manifest = exportManifest(base, { files, publishedAt, request: `${base}/$bulk-publish` });
    sendManifest(response, manifest, expiresAt);
  }

  @Get('files/:name')
  @Can('download', 'Release')
  async file(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('name') name: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { file, release } = await this.releases.admitFile(actor, id, name);
    await sendFile(request, response, file, (range) => this.releases.open(release, file, range));
  }
}
