import type { NativeModule } from './native-module.js';

/**
 * Attributes and vital signs that GMF modules take for granted, because code gives them in every engine: what a check of modules alone
 * counts as written. It does nothing in a life.
 */
export const wellKnown: NativeModule = {
  name: 'Well known',
  place: 'among-modules',
  provides: {
    attributes: [
      ...['age', 'smoker', 'quit smoking age', 'alcoholic', 'RH_NEG', 'days_until_death', 'bmi_percentile'],
      ...['current_weight_length_percentile', 'sexual_orientation', 'marital_status', 'insurance_status'],
      ...['food_insecurity', 'severe_housing_cost_burden', 'unemployed', 'no_vehicle_access', 'uninsured'],
      ...['education', 'income', 'poverty_ratio', 'first_language', 'birth_country', 'address'],
      ...['probability_of_fall_injury', 'mi_risk', 'ihd_risk', 'stroke_risk', 'atrial_fibrillation_risk'],
      ...['weight_loss_adherence', 'active_weight_management', 'C19_FULLY_VACCINATED'],
    ],
    vitalSigns: [
      ...['Height', 'Weight', 'BMI', 'Head Circumference', 'Height Percentile', 'Weight Percentile'],
      ...['BMI Percentile', 'Weight-for-length Percentile', 'Head Circumference Percentile'],
      ...['Systolic Blood Pressure', 'Diastolic Blood Pressure', 'Heart Rate', 'Respiration Rate'],
      ...[
        'Oxygen Saturation',
        'Blood Glucose',
        'Glucose',
        'Total Cholesterol',
        'HDL',
        'LDL',
        'Triglycerides',
      ],
      ...['EGFR', 'Creatinine', 'Microalbumin Creatinine Ratio', 'Urea Nitrogen', 'Calcium', 'Sodium'],
      ...['Potassium', 'Chloride', 'Carbon Dioxide'],
    ],
  },
  bind: () => ({}),
};
