FROM node:24-bookworm AS build
WORKDIR /app
# better-sqlite3 is compiled with the tools and the headers of this image: only packages are fetched.
ENV npm_config_build_from_source=true npm_config_nodedir=/usr/local
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json tsconfig.build.json ./
COPY src ./src
RUN npm run build
RUN npm prune --omit=dev

FROM node:24-bookworm-slim
WORKDIR /app
# Answers and slices of exports are given back to the system when they were sent; else the allocator keeps their memory.
ENV MALLOC_MMAP_THRESHOLD_=131072
ENV NODE_ENV=production ATTESTED_HOST=0.0.0.0 ATTESTED_PORT=3000 ATTESTED_DATABASE_URL=file:/data/attested.db
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json ./
COPY migrations ./migrations
COPY public ./public
COPY seeds ./seeds
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=3s --start-period=10s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.ATTESTED_PORT}/readyz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/cli.js", "serve"]
