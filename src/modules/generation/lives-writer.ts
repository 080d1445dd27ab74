import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable } from '@nestjs/common';
import { Random } from '../../core/random/random.js';
import { clinicalFormats } from '../../exporters/clinical-registry.js';
import type { PackageDescription } from '../../exporters/package/finish-package.js';
import type { PackageSink } from '../../exporters/package/package-sink.js';
import { writeRecordPackage } from '../../exporters/package/write-record-package.js';
import type { RulesGenerator } from '../../generators/generator.js';
import type { Mechanism } from '../mechanisms/index.js';
import { CONFIG, type Config, FinalJobError, type JobContext, temporaryName } from '../platform/index.js';
import type { ReleaseRequest } from '../requests/index.js';

const simulationShare = 0.9;

/** Simulates lives by the rules that a mechanism pins, and writes them in every format that was asked for. */
@Injectable()
export class LivesWriter {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws {FinalJobError} when the rules are not those that the mechanism pins, or leave nobody to simulate */
  async write(
    made: {
      readonly request: ReleaseRequest;
      readonly mechanism: Mechanism;
      readonly generator: RulesGenerator;
      readonly description: PackageDescription;
    },
    context: JobContext,
    sink: PackageSink,
  ): Promise<string> {
    const { request, mechanism, generator, description } = made;
    if ((await generator.hash(this.config.rules)) !== mechanism.inputHash)
      throw new FinalJobError('The rules of this worker are not those that the mechanism pins.');
    const random = Random.fromSeed(description.seed).fork(mechanism.hash);
    const source = await generator
      .simulate(this.config.rules, {
        ...{ persons: request.rows, parameters: { ...mechanism.parameters }, random, signal: context.signal },
        onProgress: (persons) => {
          context.progress((persons / request.rows) * simulationShare);
        },
      })
      .catch((error: unknown) => {
        throw refusedForGood(error);
      });
    const scratch = join(this.config.home, 'scratch', temporaryName('lives'));
    await mkdir(scratch, { recursive: true, mode: 0o700 });
    try {
      const content = this.config.rules.contentFolder;
      const facts = {
        releaseId: `${request.reference}-${request.attempt}`,
        title: request.title,
        tier: request.tier,
        generator: description.generator,
        salt: `${description.seed}/${mechanism.hash}`,
        madeOn: source.end,
        country: source.country,
      };
      const formats = clinicalFormats.filter(({ name }) => request.formats.includes(name));
      const written = await writeRecordPackage(
        { source, formats, description, facts, content, scratch },
        sink,
      );
      return written.manifestHash;
    } catch (error) {
      throw refusedForGood(error);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }
}

/** What would be refused again is not tried again. */
const final = [
  'ModuleError',
  'NothingToSimulateError',
  'NobodyThereError',
  'TriesSpentError',
  'SimulationError',
];

function refusedForGood(error: unknown): unknown {
  return error instanceof Error && final.includes(error.name) ? new FinalJobError(error.message) : error;
}
