# Targets that read the sources: `tidy`, one stamp a file, so that only what
# changed is read again, and `format-check`.
find_program(CLANG_TIDY clang-tidy REQUIRED)
find_program(CLANG_FORMAT clang-format REQUIRED)

file(GLOB_RECURSE linted CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
    ${PROJECT_SOURCE_DIR}/compiler/*.c)
file(GLOB_RECURSE linted_headers CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/compiler/*.h
    ${PROJECT_SOURCE_DIR}/compiler/*.def
    ${PROJECT_SOURCE_DIR}/include/*.h)
set(tidy_stamps)
foreach(source IN LISTS linted)
    set(stamp ${PROJECT_BINARY_DIR}/tidy/${source}.stamp)
    get_filename_component(stamp_folder ${stamp} DIRECTORY)
    file(MAKE_DIRECTORY ${stamp_folder})
    add_custom_command(
        OUTPUT ${stamp}
        COMMAND ${CLANG_TIDY} --quiet -p ${PROJECT_BINARY_DIR} ${source}
        COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
        DEPENDS ${PROJECT_SOURCE_DIR}/${source} ${linted_headers}
                ${PROJECT_SOURCE_DIR}/.clang-tidy
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
        COMMENT "Reading ${source}"
        VERBATIM)
    list(APPEND tidy_stamps ${stamp})
endforeach()
add_custom_target(tidy DEPENDS ${tidy_stamps})

add_custom_target(format-check
    COMMAND ${PROJECT_SOURCE_DIR}/tests/lint/format.sh
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    VERBATIM)
