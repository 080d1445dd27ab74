/** The first whole number that a DOUBLE cannot hold. */
export const bigId = '9007199254740993';
/** Two persons, in files whose names are spelt in several ways; some keys name nobody. */
export const smallExtract: Readonly<Record<string, string>> = {
  'person.csv': `person_id,gender_concept_id,year_of_birth,month_of_birth,day_of_birth,race_concept_id,ethnicity_concept_id
${bigId},8507,1960,3,4,46285839,0
-5,8532,1970,7,,0,0
`,
  'DEATH.csv': `person_id,death_date,death_datetime,cause_concept_id\n${bigId},2021-06-01,2021-06-01 08:30:00,101\n`,
  'Visit_Occurrence.csv': `visit_occurrence_id,person_id,visit_concept_id,visit_start_date,visit_start_datetime,visit_end_date
${bigId},${bigId},9201,2020-02-01,2020-02-01 10:15:00,2020-02-05
3,-5,9202,2020-03-01,,2020-03-01
`,
  'condition_occurrence.csv': `condition_occurrence_id,person_id,condition_concept_id,condition_start_date,visit_occurrence_id,condition_source_value,condition_source_concept_id
1,${bigId},101,2020-02-03,${bigId},I21,102
2,-5,0,2020-03-01,3,"local, code",
3,-5,2000000007,2020-02-01,99,x,0
4,12345,101,2020-02-01,,x,0
`,
  'measurement.csv': `measurement_id,person_id,measurement_concept_id,measurement_date,measurement_datetime,value_as_number,unit_concept_id,operator_concept_id,unit_source_value,visit_occurrence_id
1,${bigId},301,2020-02-02,2020-02-02 09:00:00,6.5,8554,4171756,percent,${bigId}
2,-5,301,2020-03-01,2020-03-01 00:00:00,7,0,,points,${bigId}
`,
  'concept.csv': `concept_id,concept_name,domain_id,vocabulary_id,concept_class_id,standard_concept,concept_code,valid_start_date,valid_end_date,invalid_reason
101,Myocardial infarction,Condition,SNOMED,Disorder,S,22298006,19700101,20991231,
102,Acute myocardial infarction,Condition,ICD10,code,,I21,19700101,20991231,
301,HbA1c,Measurement,LOINC,Lab Test,S,4548-4,19700101,20991231,
8554,percent,Unit,UCUM,Unit,S,%,19700101,20991231,
46285839,White British,Race,NHS Ethnic Category,x,S,A,19700101,20991231,
`,
};
