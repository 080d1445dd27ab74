import { Controller, Delete, Get, Param, ParseUUIDPipe, Req, Res, UseFilters } from '@nestjs/common';
import type { Request, Response } from 'express';
import { type Actor, Caller } from '../identity/index.js';
import { Can } from '../platform/index.js';
import { type ExportManifest, exportManifest } from './export-manifest.js';
import {
  exportedTypes,
  type ExportLevel,
  exportToken,
  readExportRequest,
  readExportToken,
} from './export-request.rules.js';
import { FhirErrorFilter } from './fhir-error.filter.js';
import { FhirReleases } from './fhir-releases.service.js';
import { sendFile } from './send-file.js';
import { baseOf } from './release-base.js';

/**
 * FHIR Bulk Data Access (2.0, and `$bulk-publish` of 4.0) over a release. Its files are there already, so an export is
 * complete as soon as it is asked after.
 */
@Controller('releases/:id/fhir')
@UseFilters(FhirErrorFilter)
export class BulkDataController {
  constructor(private readonly releases: FhirReleases) {}

  @Get('$export')
  @Can('download', 'Release')
  exportAll(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    return this.kickOff('system', { id, actor, request, response });
  }

  @Get('Patient/$export')
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
  @Get('Group/:group/$export')
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

  @Get('export-status/:token')
  @Can('download', 'Release')
  async status(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('token') token: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { release, files } = await this.releases.find(actor, id);
    const asked = readExportToken(token);
    const types = exportedTypes(asked, [...new Set(files.map(({ type }) => type))], 'handling=lenient');
    const isSince = asked.since === null || release.publishedAt.getTime() >= asked.since;
    const base = baseOf(request, id);
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

  @Delete('export-status/:token')
  @Can('download', 'Release')
  async forget(
    @Param('id', ParseUUIDPipe) id: string,
    @Param('token') token: string,
    @Caller() actor: Actor,
    @Res() response: Response,
  ): Promise<void> {
    await this.releases.find(actor, id);
    readExportToken(token);
    response.status(202).end();
  }

  @Get('$bulk-publish')
  @Can('download', 'Release')
  async publish(
    @Param('id', ParseUUIDPipe) id: string,
    @Caller() actor: Actor,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const { release, files } = await this.releases.find(actor, id);
    const base = baseOf(request, id);
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

  private async kickOff(level: ExportLevel, asked: KickOff): Promise<void> {
    const { id, actor, request, response } = asked;
    const { files } = await this.releases.find(actor, id);
    const prefer = request.get('prefer');
    const wanted = readExportRequest(level, request.query, { accept: request.get('accept'), prefer });
    exportedTypes(wanted, [...new Set(files.map(({ type }) => type))], prefer);
    response.setHeader('Content-Location', `${baseOf(request, id)}/export-status/${exportToken(wanted)}`);
    response.status(202).end();
  }
}

interface KickOff {
  readonly id: string;
  readonly actor: Actor;
  readonly request: Request;
  readonly response: Response;
}

function sendManifest(response: Response, manifest: ExportManifest, expiresAt: Date): void {
  response.setHeader('Expires', expiresAt.toUTCString());
  response.type('application/json').send(JSON.stringify(manifest));
}
