# Installs what is missing, with the system's package manager. Sourced by the other scripts.

[ -f "$HOME/.cargo/env" ] && . "$HOME/.cargo/env"

say() { printf '\033[1m%s\033[0m\n' "$*" >&2; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

as_root() {
    if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else fail "Root rights or sudo are needed to run: $*"; fi
}

# install DEBIAN-PACKAGES -- FEDORA-PACKAGES
install_packages() {
    local debian="${1}" fedora="${2}"
    if command -v apt-get >/dev/null; then
        say "Installing: $debian"
        [ -n "${APT_UPDATED:-}" ] || as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
        APT_UPDATED=yes
        # shellcheck disable=SC2086
        as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $debian >/dev/null
    elif command -v dnf >/dev/null; then
        say "Installing: $fedora"
        # shellcheck disable=SC2086
        as_root dnf install -y -q $fedora
    else
        fail "Neither apt-get nor dnf is here. Install what these packages of Debian hold, then start again: $debian"
    fi
}

need_rust() {
    cargo --version >/dev/null 2>&1 || fail "cargo is missing, or has no toolchain. Install a Rust toolchain (1.95 or newer) first: https://www.rust-lang.org/tools/install"
    command -v cc >/dev/null || install_packages "gcc libc6-dev" "gcc glibc-devel"
}

# The server's programs; the service that Debian would set up and start is not wanted.
need_postgres() {
    local program
    for program in "$(command -v initdb || true)" "${PG_BIN_DIR:-}/initdb" /usr/lib/postgresql/*/bin/initdb /usr/pgsql-*/bin/initdb; do
        [ ! -x "$program" ] || return 0
    done
    local setting=/etc/postgresql-common/createcluster.d/avow-programs-only.conf
    if command -v apt-get >/dev/null; then
        as_root mkdir -p "${setting%/*}"
        echo "create_main_cluster = false" | as_root tee "$setting" >/dev/null
        install_packages "postgresql" ""
        as_root rm -f "$setting"
    else
        install_packages "" "postgresql-server"
    fi
}
