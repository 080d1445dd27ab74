import { All, Controller, Delete, Get, Param, ParseUUIDPipe, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Actor, Caller } from '../identity/index.js';
import { Can } from '../platform/index.js';
import { exportManifest, sendManifest } from './export-manifest.js';
import { exportParameters } from './export-parameters.js';
import { exportedTypes, type ExportLevel, readExportRequest } from './export-request.rules.js';
import { FhirErrorFilter } from './fhir-error.filter.js';
import { FhirExports } from './fhir-exports.service.js';
import { FhirReleases } from './fhir-releases.service.js';
import { FhirRefusal } from './operation-outcome.js';
import { ReleaseBase } from './release-base.js';

/**
 * Exports of a release (FHIR Bulk Data Access 2.0), started with GET or POST. Its files are there already, so an export is complete
 * as soon as it is asked after.
 */
@Controller('releases/:id/fhir')
@UseFilters(FhirErrorFilter)
export class ExportsController {
  constructor(
    private readonly releases: FhirReleases,
    private readonly exports: FhirExports,
    private readonly base: ReleaseBase,
  ) {}

  @All('$export')
  @Can('download', 'Release')
  exportAll(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.kickOff('system', { id, actor, request, response });
  }

  @All('Patient/$export')
  @Can('download', 'Release')
  exportPatients(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.kickOff('Patient', { id, actor, request, response });
  }

  /** The one group of a release is everybody in it. */
  @All('Group/:group/$export')
  @Can('download', 'Release')
  async exportGroup(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('group') group: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const found = await this.releases.find(actor, id);
    await this.releases.require(actor, found, 'Group', group);
    await this.kickOff('Group', { id, actor, request, response });
  }

  @Get('export-status/:export')
  @Can('download', 'Release')
  async status(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('export') exportId: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { release, files } = await this.releases.find(actor, id);
    const asked = await this.exports.find(actor, id, exportId);
    const types = exportedTypes(asked, [...new Set(files.map(({ type }) => type))], 'handling=lenient');
    const isSince = asked.since === null || release.publishedAt.getTime() >= asked.since;
    const base = this.base.of(request, id);
    const level = asked.level === 'system' ? '' : `/${asked.level}`;
    sendManifest(
      response,
      exportManifest(base, {
        files: files.filter(({ type }) => isSince && types.includes(type)),
        publishedAt: release.publishedAt,
        request: `${base}${level}/$export`,
      }),
      release.expiresAt,
    );
  }

  @Delete('export-status/:export')
  @Can('download', 'Release')
  async forget(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('export') exportId: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    await this.releases.find(actor, id);
    await this.exports.forget(actor, id, exportId);
    response.status(202).end();
  }

  private async kickOff(level: ExportLevel, asked: KickOff): Promise<void> {
    const { id, actor, request, response } = asked;
    if (!['GET', 'POST'].includes(request.method))
      throw new FhirRefusal(405, 'not-supported', 'An export is started with GET or POST.');
    const { files } = await this.releases.find(actor, id);
    const prefer = request.get('prefer');
    const parameters = await exportParameters(request);
    const wanted = readExportRequest(level, parameters, { accept: request.get('accept'), prefer });
    exportedTypes(wanted, [...new Set(files.map(({ type }) => type))], prefer);
    const exportId = await this.exports.start(actor, id, wanted);
    response.setHeader('Content-Location', `${this.base.of(request, id)}/export-status/${exportId}`);
    response.status(202).end();
  }
}

interface KickOff {
  readonly id: string;
  readonly actor: Actor;
  readonly request: Request;
  readonly response: Response;
}
