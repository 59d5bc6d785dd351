# The service's image: Node, the production packages, the folder service/. Nothing of the build, the tests or Pulumi.
# Runs with a read-only root file system; only /tmp is written to.

FROM node:24-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The optional packages are Node itself, for machines without this image.
RUN npm ci --omit=dev --omit=optional --no-audit --no-fund

FROM node:24-bookworm-slim
# A service installs nothing while it runs.
RUN rm -rf /usr/local/lib/node_modules /usr/local/bin/npm /usr/local/bin/npx /usr/local/bin/corepack /usr/local/bin/yarn* /opt/yarn*
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json ./
COPY service ./service
ARG VERSION=0.0.0
ARG COMMIT=unknown
ENV NODE_ENV=production HOST=0.0.0.0 PORT=8080 VERSION=$VERSION COMMIT=$COMMIT
USER 1000:1000
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/livez`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "service/main.ts"]
