# Holds every #include line against the tables. Reads rooms.table, libc.table,
# docs/internals.md, which shows the rooms too, and then the sources, whose
# paths are relative to the project: compiler/ROOM/..., include/brx/brx.h.
# Prints what is wrong, and ends with 1.

function wrong(text) {
    print FILENAME ":" FNR ": " text
    failed = 1
}

function room_of(path, parts) {
    split(path, parts, "/")
    return parts[1] == "compiler" ? parts[2] : ""
}

# The text between the quotes or brackets of an #include line.
function included(line) {
    sub(/^[^<"]*[<"]/, "", line)
    sub(/[>"].*$/, "", line)
    return line
}

function check_ours(room, header, parts) {
    split(header, parts, "/")
    if (parts[1] == room || (room, parts[1]) in may || (room, header) in may)
        return
    wrong("`" room "` may not include \"" header "\"")
}

function check_library(header) {
    if (FILENAME !~ /\.c$/)
        wrong("<" header "> belongs into one .c file, not into a header")
    else if (header in owner && owner[header] != FILENAME)
        wrong("<" header "> is already included by " owner[header])
    owner[header] = FILENAME
}

/^# / && FILENAME ~ /\.table$/ { next }
/^$/ { next }

FILENAME ~ /rooms\.table$/ {
    rooms[$1] = substr($0, length($1) + 1)
    gsub(/ +/, " ", rooms[$1])
    for (i = 2; i <= NF; i++)
        may[$1, $i] = 1
    next
}

FILENAME ~ /libc\.table$/ {
    libc[$1] = 1
    next
}

# | `ROOM/` | what it gives | what it may include |
FILENAME ~ /\.md$/ && /^\| `[a-z]*\/` / {
    split($0, cells, "|")
    room = cells[2]
    gsub(/[ `\/]/, "", room)
    sub(/ *$/, "", cells[4])
    if (!(room in rooms) || cells[4] != rooms[room])
        wrong("`" room "` is another in rooms.table")
    shown[room] = 1
}

FILENAME ~ /\.md$/ { next }

FNR == 1 {
    files++
    room = room_of(FILENAME)
    if (room != "" && !(room in rooms))
        wrong("`" room "` is not a room of rooms.table")
}

/^[ \t]*#[ \t]*include[ \t]*"/ {
    if (room == "")
        wrong("the public header includes only the C library")
    else
        check_ours(room, included($0))
}

/^[ \t]*#[ \t]*include[ \t]*</ {
    header = included($0)
    if (header in libc)
        next
    if (room == "")
        wrong("the public header includes only the C library")
    else
        check_library(header)
}

END {
    for (room in rooms) {
        if (room in shown)
            continue
        print "docs/internals.md: the room `" room "` is missing"
        failed = 1
    }
    if (files == 0) {
        print "no sources were read"
        failed = 1
    }
    exit failed
}
