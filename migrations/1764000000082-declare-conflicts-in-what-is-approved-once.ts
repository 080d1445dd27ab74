import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A conflict of interest is declared about a request, a mechanism or a profile. */
export class DeclareConflictsInWhatIsApprovedOnce1764000000082 implements MigrationInterface {
  readonly name = 'DeclareConflictsInWhatIsApprovedOnce1764000000082';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE conflict_of_interest
        ALTER request_id DROP NOT NULL,
        ADD mechanism_id uuid REFERENCES mechanism (id),
        ADD profile_id uuid REFERENCES profile (id),
        ADD CONSTRAINT conflict_is_about_one_thing CHECK (num_nonnulls(request_id, mechanism_id, profile_id) = 1),
        ADD UNIQUE (mechanism_id, person_id),
        ADD UNIQUE (profile_id, person_id);
      ALTER TABLE mechanism
        ADD recused_ids uuid[] NOT NULL DEFAULT '{}',
        ADD CONSTRAINT recused_do_not_stand_for_mechanisms CHECK (
          (state <> 'APPROVED' OR NOT (approved_by_id = ANY (recused_ids)))
          AND (state <> 'IG_REVIEW' OR reviewed_by_id IS NULL OR NOT (reviewed_by_id = ANY (recused_ids))));
      GRANT UPDATE (recused_ids) ON mechanism TO picketfence_application;
      ALTER TABLE profile ADD recused_ids uuid[] NOT NULL DEFAULT '{}';
      CREATE FUNCTION refuse_recused_signer() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF NEW.signed_by_id = ANY (OLD.recused_ids)
          THEN RAISE EXCEPTION 'this person declared a conflict of interest and does not sign the profile'; END IF;
          RETURN NEW;
        END $$;
      CREATE TRIGGER recused_do_not_sign BEFORE UPDATE OF signed_by_id ON profile
        FOR EACH ROW WHEN (NEW.signed_by_id IS DISTINCT FROM OLD.signed_by_id)
        EXECUTE FUNCTION refuse_recused_signer();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER recused_do_not_sign ON profile;
      DROP FUNCTION refuse_recused_signer();
      ALTER TABLE profile DROP recused_ids;
      ALTER TABLE mechanism DROP recused_ids CASCADE;
      DELETE FROM conflict_of_interest WHERE request_id IS NULL;
      ALTER TABLE conflict_of_interest DROP mechanism_id CASCADE, DROP profile_id CASCADE, ALTER request_id SET NOT NULL;
    `);
  }
}
