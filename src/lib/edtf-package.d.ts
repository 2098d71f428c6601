/** The part of the `edtf` package that is used here; the package ships no types of its own. */
declare module 'edtf' {
  /** Reads one EDTF text into a syntax tree and throws when the grammar has no reading for it. */
  export function parse(text: string): { type: string; level: number };
}
