# Run at build time: writes TABLE, a C file that holds the files of LIST, which
# lie below ROOT, as bytes. See embed.cmake.
file(READ ${LIST} paths)
set(contents "")
set(rows "")
set(index 0)
foreach(path IN LISTS paths)
    file(READ ${ROOT}/${path} hex HEX)
    string(LENGTH "${hex}" digits)
    math(EXPR length "${digits} / 2")
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    # The last zero is not counted: an array must not be empty.
    string(APPEND contents
        "static const unsigned char file_${index}[] = {${bytes}0};\n")
    string(APPEND rows "    {\"${path}\", file_${index}, ${length}},\n")
    math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${TABLE}.new "/* Made from a folder by cmake/embed_table.cmake. */
#include \"${HEADER}\"

${contents}
const struct embedded_file embedded_${NAME}[] = {
${rows}    {NULL, NULL, 0},
};

const size_t embedded_${NAME}_count = ${index};
")
file(RENAME ${TABLE}.new ${TABLE})
