import { Inject, Injectable } from '@nestjs/common';
import { Random } from '../../core/random/random.js';
import { askedFormats } from '../../exporters/clinical-registry.js';
import type { ReleaseFacts } from '../../exporters/clinical-writer.js';
import type { WrittenPackage } from '../../exporters/package/finish-package.js';
import type { PackageSink } from '../../exporters/package/package-sink.js';
import { writeRecordPackage } from '../../exporters/package/write-record-package.js';
import type { RulesGenerator, SimulatedRecords } from '../../generators/generator.js';
import { findAnyGenerator } from '../../generators/generators.js';
import type { Mechanism } from '../mechanisms/index.js';
import { CONFIG, type Config, FinalJobError, type JobContext, withScratchFolder } from '../platform/index.js';
import { type CandidateOrder, describe } from './candidate-order.js';

const simulationShare = 0.9;

/** Simulates lives by the rules that a mechanism pins, and writes them in every format that was asked for. */
@Injectable()
export class LivesWriter {
  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** @throws {FinalJobError} when the rules are not those that the mechanism pins, or leave nobody to simulate */
  async write(order: CandidateOrder, context: JobContext, sink: PackageSink): Promise<WrittenPackage> {
    const { request, mechanism } = order;
    const description = { ...describe(request, mechanism), columns: [] };
    const formats = askedFormats(request.formats);
    try {
      const source = await this.simulate(order, context);
      return await withScratchFolder(this.config.home, 'lives', (scratch) =>
        writeRecordPackage(
          {
            ...{ source, formats, description, scratch, facts: factsOf(order, source) },
            content: this.config.rules.contentFolder,
            vocabulary: this.config.vocabularyFolder ?? null,
          },
          sink,
        ),
      );
    } catch (error) {
      throw refusedForGood(error);
    }
  }

  private async simulate(
    { request, mechanism }: CandidateOrder,
    { signal, progress }: JobContext,
  ): Promise<SimulatedRecords> {
    const generator = generatorOf(mechanism);
    const { rules } = this.config;
    if ((await generator.hash(rules)) !== mechanism.inputHash)
      throw new FinalJobError('The rules of this worker are not those that the mechanism pins.');
    return generator.simulate(rules, {
      ...{ persons: request.rows, parameters: { ...mechanism.parameters }, signal },
      random: Random.fromSeed(request.seed ?? '').fork(mechanism.hash),
      onProgress: (persons) => {
        progress((persons / request.rows) * simulationShare);
      },
    });
  }
}

function generatorOf({ generator: name, generatorVersion: version }: Mechanism): RulesGenerator {
  const generator = findAnyGenerator(name);
  if (generator?.sees === 'rules' && generator.version === version) return generator;
  throw new FinalJobError(`This worker does not have version ${version} of the generator "${name}".`);
}

function factsOf({ request, mechanism }: CandidateOrder, { end, country }: SimulatedRecords): ReleaseFacts {
  return {
    releaseId: `${request.reference}-${request.attempt}`,
    title: request.title,
    tier: request.tier,
    generator: { name: mechanism.generator, version: mechanism.generatorVersion },
    salt: `${request.seed ?? ''}/${mechanism.hash}`,
    ...{ madeOn: end, country },
  };
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
