# Made by broxc from its own runtime. Scripts beside this folder read it.
# shellcheck shell=bash
# What differs between a cluster and what it should hold.

# brx_differences: what `kubectl diff` says, on standard input, as a line of
# Markdown for each object, with the names of its fields and without a value. A
# file in it is called GROUP.VERSION.KIND.NAMESPACE.NAME; the namespace is
# BRX_NAMESPACE.
brx_differences() {
    awk -v middle=".$BRX_NAMESPACE." '
        function tell() {
            if (name != "" && keys != "")
                printf "- `%s`: %s\n", name, keys
            keys = ""
            split("", seen)
        }
        function add(key) {
            if (key != "`generation`" && !(key in seen))
                keys = keys (keys == "" ? "" : ", ") key
            seen[key] = 1
        }
        /^diff / {
            tell()
            sub(/.*\//, "")
            at = index($0, middle)
            kind = at ? substr($0, 1, at - 1) : $0
            sub(/.*\./, "", kind)
            name = kind (at ? " " substr($0, at + length(middle)) : "")
            absent = 0
            next
        }
        /^@@ -0,0 / { absent = 1; add("is not there") }
        /^(---|\+\+\+|@@) / || absent { next }
        /^[-+]/ {
            sub(/^[-+] *(- )?/, "")
            add(match($0, /^[A-Za-z0-9_.\/-]+:/) ? \
                "`" substr($0, 1, RLENGTH - 1) "`" : "an entry of a list")
        }
        END { tell() }'
}
