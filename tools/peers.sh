# The programs that are measured beside publisher; read by tools/setup.

# The Debian packages of what the peers need that are not there, one a line
missing_for_peers() {
    has chromium chromium-browser google-chrome || echo chromium
    has pdftotext || echo poppler-utils
}

find_peers() {
    missing=$(missing_for_peers | tr '\n' ' ')
    if [ -z "$missing" ]; then return; fi
    # shellcheck disable=SC2086 # a list of names
    apt_install $missing && [ -z "$(missing_for_peers)" ] && return
    stop_with_advice "$missing" "sudo apt-get install $missing" \
        "sudo dnf install chromium poppler-utils" "brew install poppler && brew install --cask chromium"
}

# Typst and Pandoc from their wheels, apart from .venv, and Vivliostyle from npm
install_peers() {
    if done_for .tools/setup/peers tools/constraints-tests.txt tools/constraints-peers.txt tools/peers/package.json \
        tools/peers/package-lock.json; then return; fi
    say "installing what is measured beside publisher into .tools/peers"
    rm -rf .tools/peers
    mkdir -p .tools/peers
    $python -m pip --disable-pip-version-check install --quiet --require-hashes --no-deps --only-binary :all: \
        --target .tools/peers/python -r tools/constraints-peers.txt
    install_from_npm tools/peers .tools/peers
    mv "$stamp.wanted" "$stamp.done"
}
