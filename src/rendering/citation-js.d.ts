declare module '@citation-js/core' {
  export class Cite {
    constructor(data: unknown, options: { forceType: string; generateGraph: boolean });
    /** CSL-JSON items. */
    data: object[];
    format(format: string, options?: Record<string, unknown>): string;
  }
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-ris';
declare module '@citation-js/plugin-csl';
