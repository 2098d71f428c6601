import type { ComponentChildren } from 'preact';
import { dateWords, instantWords, LONG } from '../frame/words.js';

/** Text of the register, in any language and direction. */
export const Text = ({ text, language }: { text: string; language?: string | null }) => (
  <span dir="auto" lang={language ?? undefined}>
    {text}
  </span>
);

/** The text that a page is about, whole; a long one is set small. */
export const Heading = ({ text, language }: { text: string; language: string | null }) => (
  <h1 class={text.length > LONG ? 'long' : undefined} dir="auto" lang={language ?? undefined}>
    {text}
  </h1>
);

/** A date as it is known, in words; hovering tells the EDTF that it is stored as. */
export const DateText = ({ edtf }: { edtf: string }) => (
  <span title={`EDTF: ${edtf}`}>{dateWords(edtf)}</span>
);

export const Instant = ({ at }: { at: string }) => <time datetime={at}>{instantWords(at)}</time>;

/** A member of an object with its name, in a list of such; nothing where it has no value. */
export const Fact = ({ name, children }: { name: string; children: ComponentChildren }) =>
  isEmpty(children) ? null : (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );

const isEmpty = (children: ComponentChildren): boolean =>
  Array.isArray(children) ? children.every(isEmpty) : [null, undefined, '', false].includes(children as null);
