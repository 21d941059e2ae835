# Run at build time: writes TABLE, a C file that holds the files of LIST, which
# lie below ROOT, one behind the other in a member of gzip. See embed.cmake.
file(READ ${LIST} paths)
set(rows "")
set(start 0)
set(count 0)
file(WRITE ${TABLE}.all "")
foreach(path IN LISTS paths)
    file(SIZE ${ROOT}/${path} length)
    string(APPEND rows "    {\"${path}\", ${start}, ${length}},\n")
    math(EXPR start "${start} + ${length}")
    math(EXPR count "${count} + 1")
endforeach()
# cat, for CMake's own reading would drop what is no text.
list(TRANSFORM paths PREPEND ${ROOT}/)
execute_process(COMMAND cat ${paths} OUTPUT_FILE ${TABLE}.all
    COMMAND_ERROR_IS_FATAL ANY)
# Neither a name nor a time: the same files make the same bytes.
execute_process(COMMAND ${GZIP} -9nc INPUT_FILE ${TABLE}.all
    OUTPUT_FILE ${TABLE}.gz COMMAND_ERROR_IS_FATAL ANY)
file(READ ${TABLE}.gz hex HEX)
string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
file(SIZE ${TABLE}.gz packed)
file(WRITE ${TABLE}.new "/* Made from a folder by cmake/embed_table.cmake. */
#include \"${HEADER}\"

static const unsigned char packed[] = {${bytes}0};

static const struct embedded_place places[] = {
${rows}    {NULL, 0, 0},
};

const struct embedded_folder embedded_${NAME} = {
    packed, ${packed}, ${start}, places, ${count},
};
")
file(RENAME ${TABLE}.new ${TABLE})
