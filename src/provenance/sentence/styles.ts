/** The forms in which the sentence of a claim is written. */
export const sentenceStyles = ['inline', 'footnote'] as const;
export type SentenceStyle = (typeof sentenceStyles)[number];
