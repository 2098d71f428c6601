import type { ComponentChildren } from 'preact';
import { numberWords } from '../frame/words.js';

interface Props {
  id: string;
  title: string;
  /** How many things it holds. */
  count?: number | undefined;
  /** A link to more of it. */
  more?: { href: string; text: string } | undefined;
  children: ComponentChildren;
}

/** A part of a page under a heading of its own, which a link can lead to. */
export const Section = ({ id, title, count, more, children }: Props) => (
  <section id={id} aria-labelledby={`${id}-title`}>
    <h2 id={`${id}-title`}>
      {title}
      {count !== undefined && <span class="count"> {numberWords(count)}</span>}
    </h2>
    {children}
    {more && (
      <p class="more">
        <a href={more.href}>{more.text}</a>
      </p>
    )}
  </section>
);
