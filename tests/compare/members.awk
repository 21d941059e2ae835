# The members of the structs in headers of ours: `struct member type` a line,
# where the type is that of a struct, or `-`. Structs begin and end at the
# margin, and a member ends with its `;`.
function strip_comments(line, at) {
    if (is_comment) {
        at = index(line, "*/")
        if (!at) return ""
        is_comment = 0
        line = substr(line, at + 2)
    }
    while (at = index(line, "/*")) {
        if (!index(line, "*/")) {
            is_comment = 1
            return substr(line, 1, at - 1)
        }
        line = substr(line, 1, at - 1) " " \
            substr(line, index(line, "*/") + 2)
    }
    return line
}

function print_member(text, type) {
    type = "-"
    if (match(text, /struct [a-z_]+/))
        type = substr(text, RSTART + 7, RLENGTH - 7)
    sub(/;.*/, "", text)
    sub(/\[[^]]*\]$/, "", text)
    sub(/.*[ *]/, "", text)
    print name, text, type
}

{ line = strip_comments($0) }

line ~ /^struct [a-z_]+ \{/ {
    name = $2
    member = ""
    next
}
line ~ /^\};/ { name = "" }
name != "" {
    member = member " " line
    if (line !~ /;/) next
    print_member(member)
    member = ""
}
