# Targets that read the sources: `tidy`, one stamp for a few files, so that only
# what changed is read again and not every file waits for clang-tidy to start, and
# `format-check`.
find_program(CLANG_TIDY clang-tidy REQUIRED)
find_program(CLANG_FORMAT clang-format REQUIRED)
set(linted_at_once 10)

file(GLOB_RECURSE linted CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR}
    ${PROJECT_SOURCE_DIR}/compiler/*.c)
file(GLOB_RECURSE linted_headers CONFIGURE_DEPENDS
    ${PROJECT_SOURCE_DIR}/compiler/*.h
    ${PROJECT_SOURCE_DIR}/compiler/*.def
    ${PROJECT_SOURCE_DIR}/include/*.h)
set(tidy_stamps)
list(LENGTH linted linted_count)
math(EXPR last "${linted_count} - 1")
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/tidy)
foreach(start RANGE 0 ${last} ${linted_at_once})
    list(SUBLIST linted ${start} ${linted_at_once} sources)
    list(TRANSFORM sources PREPEND ${PROJECT_SOURCE_DIR}/ OUTPUT_VARIABLE paths)
    list(GET sources 0 first)
    set(stamp ${PROJECT_BINARY_DIR}/tidy/${start}.stamp)
    add_custom_command(
        OUTPUT ${stamp}
        COMMAND ${CLANG_TIDY} --quiet -p ${PROJECT_BINARY_DIR} ${sources}
        COMMAND ${CMAKE_COMMAND} -E touch ${stamp}
        DEPENDS ${paths} ${linted_headers} ${PROJECT_SOURCE_DIR}/.clang-tidy
        WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
        COMMENT "Reading ${first} and what follows"
        VERBATIM)
    list(APPEND tidy_stamps ${stamp})
endforeach()
add_custom_target(tidy DEPENDS ${tidy_stamps})

add_custom_target(format-check
    COMMAND ${PROJECT_SOURCE_DIR}/tests/lint/format.sh
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    VERBATIM)
