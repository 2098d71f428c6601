import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-csl';
import '@citation-js/plugin-ris';

export interface CitationTask {
  kind: 'citation';
  /** One CSL-JSON item. Only data of ours goes in: given an address, the library would fetch it. */
  item: object;
  format: 'bibtex' | 'ris' | 'text';
  style: 'apa' | 'vancouver' | 'harvard1';
}

export async function formatCitation({ item, format, style }: CitationTask): Promise<string> {
  const cite = new Cite([item], { forceType: '@csl/list+object', generateGraph: false });
  if (format !== 'text') return cite.format(format);
  return cite.format('bibliography', { format: 'text', template: style, lang: 'en-US' });
}
