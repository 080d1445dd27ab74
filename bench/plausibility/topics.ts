/** What of the record counts for a topic of the reference data. Codes are SNOMED CT. */
export const lastingTopics: Readonly<Record<string, readonly string[]>> = {
  type_2_diabetes: ['44054006'],
  type_1_diabetes: ['46635009'],
  type1_or_2_diabetes: ['44054006', '46635009'],
  diabetes_diagnosed: ['44054006', '46635009'],
  hypertension: ['59621000'],
  hypertension_diagnosed: ['59621000'],
  chronic_kidney_disease_3_5: ['700378005', '700379002', '431857002', '433146000'],
  copd: ['13645005'],
  asthma: ['195967001'],
  asthma_treated: ['195967001'],
  coronary_heart_disease: ['414545008'],
  stroke_tia: ['422504002', '274100004', '266257000'],
  atrial_fibrillation: ['49436004'],
  heart_failure: ['84114007'],
  dementia: ['26929004', '429998004', '52448006'],
  depression: ['35489007'],
  depression_recorded_ever: ['35489007'],
  obesity: ['414916001', '238136002'],
  osteoarthritis_diagnosed: ['239873007', '239872002', '396275006'],
  hypothyroidism_treated: ['40930008'],
  anaemia_who: ['87522002', '271737000'],
};

/** The conditions, or for surgery the procedures, whose beginnings are events of a topic. */
export const eventTopics: Readonly<Record<string, readonly string[]>> = {
  breast_cancer: ['254837009'],
  prostate_cancer: ['399068003'],
  colorectal_cancer: ['363406005', '363351006'],
  lung_cancer: ['254637007', '254632001'],
  acute_myocardial_infarction: ['401303003', '401314000'],
  stroke_first_ever: ['422504002', '274100004'],
  atrial_fibrillation: ['49436004'],
  heart_failure_first_diagnosis: ['84114007'],
  hip_fracture: ['5913000'],
  acute_appendicitis: ['85189001'],
  pneumonia_hospital_admission: ['385093006'],
  uti_hospital_admission: ['45816000'],
  uti_primary_care_consultation: ['68566005'],
  sepsis_hospital_admission: ['91302008'],
  cataract_surgery: ['308694002'],
};

/** Encounters that are events of a topic, by their first code. */
export const encounterTopics: Readonly<Record<string, string>> = {
  emergency_department_attendance: '4525004',
  emergency_hospital_admission: '183452005',
};
