# The validators of EPUBs and PDFs; read by tools/setup.

# The Debian packages of validators that are missing, one a line
missing_judges() {
    java -version >/dev/null 2>&1 || echo default-jre-headless
    [ -e /usr/share/java/jaxb-runtime.jar ] || echo libjaxb-java
    has chromium chromium-browser google-chrome || echo chromium
    has firefox-esr firefox || echo firefox-esr
    has qpdf || echo qpdf
    has pdftotext || echo poppler-utils
    has gs || echo ghostscript
    has mutool || echo mupdf-tools
    has lou_translate || echo liblouis-bin
    has ocrmypdf || echo ocrmypdf
    has tesseract || echo tesseract-ocr
    has soffice libreoffice || echo libreoffice-writer-nogui
}

find_judges() {
    missing=$(missing_judges | tr '\n' ' ')
    if [ -z "$missing" ]; then return; fi
    # shellcheck disable=SC2086 # a list of names
    apt_install $missing && [ -z "$(missing_judges)" ] && return
    say "the tests need Debian's jaxb-runtime.jar; elsewhere they run in a container:"
    say '  docker run --rm -v "$PWD":/here:ro debian:12 sh -c "cp -r /here /tmp/p && cd /tmp/p && rm -rf .venv .tools &&'
    say '    apt-get update && apt-get install -y make python3 && make test"'
    stop_with_advice "$missing" "sudo apt-get install $missing" \
        "sudo dnf install java-latest-openjdk-headless chromium firefox qpdf poppler-utils ghostscript mupdf liblouis-utils ocrmypdf tesseract libreoffice-writer" \
        "brew install openjdk qpdf poppler ghostscript mupdf-tools liblouis ocrmypdf && brew install --cask chromium firefox libreoffice"
}

# Ace and the HTML checker from npm
install_judges() {
    if done_for .tools/setup/judges tools/constraints-tests.txt tools/package.json tools/package-lock.json; then return; fi
    say "installing the packages pinned in tools/package-lock.json into .tools"
    install_from_npm tools .tools
    mv "$stamp.wanted" "$stamp.done"
}
