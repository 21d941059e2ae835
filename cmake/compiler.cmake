# How every C file of ours is compiled, and what a preset may add to it.
set(CMAKE_C_STANDARD 17)
set(CMAKE_C_STANDARD_REQUIRED ON)
set(CMAKE_C_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

add_compile_definitions(_POSIX_C_SOURCE=200809L)
add_compile_options(-Wall -Wextra -Wpedantic -Wshadow -Wconversion
    -Wstrict-prototypes -Wmissing-prototypes -Wswitch-enum -Werror)

if(BROXC_SANITIZE)
    add_compile_options(-fsanitize=${BROXC_SANITIZE}
        -fno-sanitize-recover=all -fno-omit-frame-pointer)
    add_link_options(-fsanitize=${BROXC_SANITIZE})
endif()
if(BROXC_COVERAGE)
    add_compile_options(--coverage)
    add_link_options(--coverage)
endif()
