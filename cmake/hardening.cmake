# What makes a fault of ours harder to use, and a build the same wherever it is
# made: for what users get, the library and the command of a release. Nothing
# here where the sanitizers, which bring their own, or no optimizer run.
include(CheckCCompilerFlag)

# Guarded jumps differ by processor, and guard nothing unless every part of a
# program has them: the distribution's static libraries don't.
set(hardening_options)
set(guarded_jumps -fcf-protection -mbranch-protection=standard)
if(BROXC_STATIC)
    set(guarded_jumps)
endif()
foreach(flag -fstack-protector-strong -fstack-clash-protection
        ${guarded_jumps})
    string(MAKE_C_IDENTIFIER "has${flag}" has)
    check_c_compiler_flag(${flag} ${has})
    if(${has})
        list(APPEND hardening_options ${flag})
    endif()
endforeach()

# No path of the machine that builds: __FILE__ in assertions, and debug facts.
# Nor the way up to the sources, by which a cache of compilers may name them; and
# no time of day. The last map that fits is the one that holds.
file(RELATIVE_PATH way_up ${PROJECT_BINARY_DIR} ${PROJECT_SOURCE_DIR})
list(APPEND hardening_options -fPIE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
    -Wdate-time -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.
    -ffile-prefix-map=${PROJECT_BINARY_DIR}=build)
if(way_up)
    list(APPEND hardening_options -ffile-prefix-map=${way_up}=./)
endif()

foreach(target brx broxc)
    target_compile_options(${target} PRIVATE
        "$<$<CONFIG:Release>:${hardening_options}>")
endforeach()
target_link_options(broxc PRIVATE
    "$<$<CONFIG:Release>:-Wl,-z,relro,-z,now,-z,noexecstack>")
if(NOT BROXC_STATIC)
    target_link_options(broxc PRIVATE "$<$<CONFIG:Release>:-pie>")
endif()
