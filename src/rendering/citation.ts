import { Cite } from '@citation-js/core';
import '@citation-js/plugin-csl';

export interface CitationTask {
  /** One CSL-JSON item. Only data of ours goes in: given an address, the library would fetch it. */
  item: Record<string, unknown>;
  style: 'apa' | 'vancouver' | 'harvard1';
}

/** Stand in for angle brackets, which the library would take for markup; no text holds noncharacters. */
const [LESS, GREATER] = ['\uFDD0', '\uFDD1'];

/** A formatted reference in plain text, on one line. Titles keep their letters, whatever the style's case. */
export async function formatCitation({ item, style }: CitationTask): Promise<string> {
  const shielded = JSON.parse(JSON.stringify(item).replaceAll('<', LESS).replaceAll('>', GREATER)) as object;
  const kept = Object.entries(shielded).map(([name, value]) => [
    name,
    name === 'title' || name === 'container-title' ? `<span class="nocase">${value}</span>` : value,
  ]);
  const cite = new Cite([Object.fromEntries(kept)], { forceType: '@csl/list+object', generateGraph: false });
  const text = cite.format('bibliography', { format: 'text', template: style, lang: 'en-US' });
  return text.replaceAll(LESS, '<').replaceAll(GREATER, '>');
}
