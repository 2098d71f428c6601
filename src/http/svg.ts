export const SVG = 'image/svg+xml; charset=utf-8';

/** A picture is opened by itself in browsers: it may style itself and nothing else. */
export const svgHeaders = {
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; sandbox",
};
