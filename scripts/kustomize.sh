# shellcheck shell=bash
# Gets kustomize 5 for the tests. To be sourced, after packages.sh.
#
# Debian 13 packages it. Debian 12 does not, and its kubectl carries kustomize
# 2; there the package of Debian 13, one static binary, is fetched by apt from
# the machine's own mirror and unpacked, not installed.

kustomize_suite=trixie

has_candidate() { # PACKAGE
    [[ $(apt-cache policy "$1" 2>/dev/null) == *'Candidate: '[0-9]* ]]
}

# The mirror and components of the first source that serves our own release,
# in either format of apt's sources: "URI COMPONENT...".
apt_source() { # CODENAME
    local files=()
    mapfile -t files < <(find /etc/apt/sources.list /etc/apt/sources.list.d \
        -maxdepth 1 \( -name '*.list' -o -name '*.sources' \) 2>/dev/null)
    awk -v codename="$1" '
        function stanza_end() {
            if (!done && uri != "" && (" " suites " ") ~ " " codename " ") {
                print uri, components
                done = 1
            }
            uri = suites = components = ""
        }
        FNR == 1 || /^$/ { stanza_end() }
        /^#/ { next }
        /^deb / {
            sub(/\[[^]]*\]/, "")
            uri = $2; suites = $3; components = "main"
            stanza_end()
        }
        /^URIs:/ { uri = $2 }
        /^Suites:/ { sub(/^[^:]*: */, ""); suites = $0 }
        /^Components:/ { components = "main" }
        END { stanza_end() }
    ' "${files[@]}"
}

# Unpacks the package of another release into FOLDER.
unpack_kustomize() ( # FOLDER
    # shellcheck source=/dev/null
    codename=$(. /etc/os-release && echo "$VERSION_CODENAME")
    read -r uri components < <(apt_source "$codename") || {
        echo "no apt source serves $codename" >&2
        exit 1
    }
    mkdir -p "$1/lists/partial" "$1/archives/partial"
    cd "$1" || exit
    keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    echo "deb [signed-by=$keyring] $uri $kustomize_suite $components" \
        >sources.list
    options=(-q -o "Dir::Etc::sourcelist=$PWD/sources.list"
        -o Dir::Etc::sourceparts=- -o "Dir::State::lists=$PWD/lists"
        -o "Dir::Cache=$PWD" -o APT::Sandbox::User=
        -o Acquire::Languages=none)
    apt-get update "${options[@]}"
    apt-get download "${options[@]}" kustomize
    dpkg-deb -x kustomize_*.deb .
    rm -rf lists archives kustomize_*.deb ./*.bin
)

# Leaves a kustomize on PATH or in FOLDER/bin.
install_kustomize() { # FOLDER
    [ -x "$1/bin/kustomize" ] && return 0
    command -v kustomize >/dev/null && return 0
    if has_candidate kustomize; then
        apt_install kustomize
        return
    fi
    echo "unpacking: kustomize of $kustomize_suite"
    unpack_kustomize "$1/kustomize"
    mkdir -p "$1/bin"
    ln -sf ../kustomize/usr/bin/kustomize "$1/bin/kustomize"
}
