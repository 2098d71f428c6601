/** The end of an output form, as JSON text that goes in place of the last brace of a document. */
export interface Ending {
  /** The member with which it begins. */
  member: string;
  /** A column that holds an id, or null. */
  column: string;
  /** Where the column is null. */
  none: string;
  /** What stands before and after the id where there is one. */
  before: string;
  after: string;
}

/** Whether an attribution is taken back is computed, and stands behind its document; the reference is a marker. */
export const retractionEnding: Ending = {
  member: 'retracted',
  column: 'retracted_by_id',
  none: ',"retracted":false,"retracted_by":null}',
  before: ',"retracted":true,"retracted_by":"\\u0000attribution:',
  after: '"}',
};
