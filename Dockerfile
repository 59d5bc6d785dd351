# The service's image: Node, and what the build makes of the service. No packages, no TypeScript, no source maps.
# Runs with a read-only root file system; only /tmp is written to.

FROM node:24-bookworm-slim AS build
# What is bundled can be told here and not in the image: a bill of materials looks at this stage as well.
ARG BUILDKIT_SBOM_SCAN_STAGE=true
WORKDIR /app
COPY package.json package-lock.json ./
# esbuild's program comes as an optional package; nothing needs a script of its own to be installed.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund
COPY build ./build
COPY service ./service
COPY mcp ./mcp
# The guide for analysts is a page of the service.
COPY docs/guide.md ./docs/guide.md
COPY docs/images/guide ./docs/images/guide
# The server of the Model Context Protocol runs beside a person's client, and never in a task.
RUN node build/build.ts && rm dist/mcp.js && mkdir dist/compile-cache && chown 1000:1000 dist/compile-cache
# A compile cache holds for one user, one Node and one place: these are the image's. It is read only there.
USER 1000:1000
RUN node build/make-compile-cache.ts dist/compile-cache && chmod -R a+rX dist/compile-cache

# `--target maps` gives the source maps of the same build, by which `npm run trace` reads a logged stack.
FROM scratch AS maps
COPY --from=build /app/dist-maps /

FROM node:24-bookworm-slim
# A service installs nothing while it runs.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
WORKDIR /app
COPY --from=build /app/dist ./dist
ARG VERSION=0.0.0
ARG COMMIT=unknown
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 VERSION=$VERSION COMMIT=$COMMIT
ENV NODE_COMPILE_CACHE=/app/dist/compile-cache
USER 1000:1000
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "dist/main.js"]
