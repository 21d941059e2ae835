# Puts the files of a folder into the binary, packed.
#
#     embed_folder(TARGET NAME HEADER FOLDER PATTERN...)
#
# makes the `struct embedded_folder` called `embedded_NAME`, which HEADER
# declares. It is made again when a file changes, comes or goes.
find_program(GZIP gzip REQUIRED)
function(embed_folder target name header folder)
    set(root ${PROJECT_SOURCE_DIR}/${folder})
    list(TRANSFORM ARGN PREPEND ${root}/ OUTPUT_VARIABLE patterns)
    file(GLOB_RECURSE paths CONFIGURE_DEPENDS RELATIVE ${root} ${patterns})
    list(SORT paths COMPARE STRING)
    list(REMOVE_DUPLICATES paths)

    # A file that goes leaves no newer file behind, so the list is one.
    set(list ${PROJECT_BINARY_DIR}/embedded/${name}.list)
    file(CONFIGURE OUTPUT ${list} CONTENT "${paths}" @ONLY)
    set(table ${PROJECT_BINARY_DIR}/embedded/${name}.c)
    list(TRANSFORM paths PREPEND ${root}/ OUTPUT_VARIABLE files)
    add_custom_command(
        OUTPUT ${table}
        COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DHEADER=${header}
                -DROOT=${root} -DLIST=${list} -DTABLE=${table} -DGZIP=${GZIP}
                -P ${PROJECT_SOURCE_DIR}/cmake/embed_table.cmake
        DEPENDS ${files} ${list}
                ${PROJECT_SOURCE_DIR}/cmake/embed_table.cmake
        COMMENT "Embedding ${folder}"
        VERBATIM)
    target_sources(${target} PRIVATE ${table})
endfunction()
