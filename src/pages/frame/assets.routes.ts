import { z } from 'zod';
import type { App } from '../../http/openapi/operation.js';
import { ApiError } from '../../lib/errors.js';
import { assets, assetsDigest } from './assets.js';

/** The files of pages. Their address changes with their content, so a browser asks for each once. */
export function assetRoutes(app: App): void {
  app.get('/assets/:digest/:file', {
    schema: { params: z.object({ digest: z.string(), file: z.string() }) },
    config: { scope: 'public', page: true },
    handler: async (request, reply) => {
      const { digest, file } = request.params;
      const asset = digest === assetsDigest ? assets.get(file) : undefined;
      if (!asset) throw new ApiError('not_found', 'There is no such file; load the page again.');
      reply.header('cache-control', 'public, max-age=31536000, immutable');
      return reply.type(asset.type).send(asset.content);
    },
  });
}
