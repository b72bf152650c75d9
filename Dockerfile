# Avow as a container image. How to run it: docs/installing.md.

FROM docker.io/library/rust:1.95-slim-bookworm AS build
WORKDIR /build

# The dependencies alone, in a layer that stays until Cargo.lock changes. The empty files stand for the program's own.
COPY Cargo.toml Cargo.lock ./
RUN mkdir -p src tests/suite \
 && echo 'fn main() {}' | tee src/main.rs > tests/suite/main.rs \
 && touch src/lib.rs \
 && cargo build --release --locked

COPY migrations migrations
COPY static static
COPY src src
# touch: cargo goes by time, and the files that were copied are older than the empty ones.
RUN touch src/lib.rs src/main.rs \
 && cargo build --release --locked

COPY content content
COPY LICENSE LICENSE
# Readable for the program's user, whatever the umask of the folder they came from.
RUN chmod -R a+rX content LICENSE


FROM docker.io/library/debian:12-slim

# A number of its own that no system user has: files on the host are given to it by number.
RUN groupadd --gid 10001 avow \
 && useradd --uid 10001 --gid avow --home-dir /var/lib/avow --no-create-home --shell /usr/sbin/nologin avow \
 && install -d -o avow -g avow -m 700 /var/lib/avow

COPY --from=build /build/LICENSE /usr/share/doc/avow/LICENSE
COPY --from=build /build/content /usr/share/avow/content
COPY --from=build /build/target/release/avow /usr/local/bin/avow

# These win over a settings file. All addresses: the container's network decides who gets there.
ENV AVOW_LISTEN=0.0.0.0:8080 \
    AVOW_DATA_DIR=/var/lib/avow \
    AVOW_CONTENT_DIR=/usr/share/avow/content

# By number, so that a runtime that insists on "not root" can tell.
USER 10001:10001
WORKDIR /var/lib/avow
# The only place that is written to; the rest may be read-only.
VOLUME /var/lib/avow
EXPOSE 8080
# Requests and jobs that have begun are brought to their end.
STOPSIGNAL SIGTERM
# Needs the image format "docker" (podman build --format docker); compose.yaml says the same again.
HEALTHCHECK --interval=15s --timeout=5s --start-period=90s --retries=3 CMD ["avow", "doctor", "--ready"]
ENTRYPOINT ["avow"]
CMD ["serve"]

ARG VERSION=unknown
ARG REVISION=unknown
LABEL org.opencontainers.image.title="Avow" \
      org.opencontainers.image.description="Security training, policy attestation and the proof of both, in one record" \
      org.opencontainers.image.licenses="Apache-2.0 AND CC-BY-4.0" \
      org.opencontainers.image.version="${VERSION}" \
      org.opencontainers.image.revision="${REVISION}"
