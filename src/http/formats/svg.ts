import { z } from 'zod';
import type { Form } from './forms.js';

const SVG = 'image/svg+xml; charset=utf-8';

/** A picture is opened by itself in browsers: it may style itself and nothing else. */
export const svgHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};

/** The form of an answer that is a picture, with what it is called in text. */
export const svgForm = (title: string) =>
  ({
    extension: 'svg',
    title,
    media: SVG,
    content: z.string(),
    disposition: 'inline',
  }) as const satisfies Form;
