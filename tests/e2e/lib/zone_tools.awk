# Makes docs/dns-tools.md of what the tools have said: `@fault TEXT` for each
# zone, and for each tool `@ask TOOL FILE`, its lines, `@status EXIT-CODE`.
# Prints what we have missed and fails, if that is anything.

function cell(text) {
    gsub(/file '[^']*', /, "", text)
    gsub(/[-a-z0-9]+\.zone:?/, "", text)
    gsub(/a{40,}|aaaaaaaaaaaaaaaaaaaa[a]*/, "aaa…", text)
    gsub(/\|/, "\\|", text)
    gsub(/[<>]/, "\\\\&", text)
    gsub(/[ \t]+/, " ", text)
    return text
}

# What a tool says of every zone says nothing of this one.
function is_chatter(text) {
    return text ~ /loaded serial|^OK$|^zone [^ ]+ is ok$|^No semantic error/ || \
        text ~ /^$|failed to run semantic checks|^Error summary:|^[0-9]+ (error|warning)/ || \
        text ~ /^no errors/
}

function finish_tool(status) {
    sub(/^ /, "", first)
    if (tool == "broxc") {
        sub(/^[^:]+:[0-9]+:[0-9]+: /, "", first)
        sub(/\[/, " ", first)
        sub(/\]/, "", first)
        ours = first
    } else if (status != 0 || first != "") {
        seen_by = tool
        if (first == "") first = "without a word"
        first = (status != 0 ? "refuses: " : "warns: ") first
    }
    row = row " " cell(first == "" ? "—" : first) " |"
}

function finish_zone() {
    if (zone == "") return
    rows[++count] = "| `" zone "` | " fault " |" row
    if (ours == "") missed = missed zone ": " (seen_by == "" ? "nobody" : seen_by) " complains, and we do not\n"
    if (seen_by == "") only[++only_count] = "- " fault " (`" zone "`)"
}

$1 == "@fault" {
    finish_zone()
    fault = substr($0, 8)
    zone = row = seen_by = ours = ""
    next
}
$1 == "@ask" { tool = $2; zone = $3; first = ""; next }
$1 == "@status" { finish_tool($2); next }
{
    sub(/^\[[0-9][^]]*\] nsd-checkzone\[[0-9]+\]: /, "")
    if (first == "" && !is_chatter($0)) first = $0
}

END {
    finish_zone()
    if (missed != "" || count < 50) {
        printf "%s%d zones\n", missed, count
        exit 1
    }
    print "# What broxc sees in a zone, and what others see\n"
    print "Each file of `testdata/zones/bad` has one fault. This is what `broxc dns check` says"
    print "of it, and what four readers of master files say:"
    print versions "."
    print "`named-checkzone` is asked with `-i local`, the others as they come. “—” is a tool that"
    print "has nothing against the zone. Only the first message of each is shown.\n"
    print "A test makes this page (`tests/e2e/zone_tools.sh`), and fails when one of them finds"
    print "what broxc does not.\n"
    print "| Zone | What is wrong | broxc | named-checkzone | kzonecheck | nsd-checkzone | ldns-read-zone |"
    print "|---|---|---|---|---|---|---|"
    for (i = 1; i <= count; i++) print rows[i]
    print "\n## What only broxc sees\n"
    print only_count " of the " count ":\n"
    for (i = 1; i <= only_count; i++) print only[i]
}
