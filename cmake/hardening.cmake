# What makes a fault of ours harder to use, and a build the same wherever it is
# made: for what users get, the library and the command of a release. Nothing
# here where the sanitizers, which bring their own, or no optimizer run.
include(CheckCCompilerFlag)

# Not every processor has the last two.
set(hardening_options)
foreach(flag -fstack-protector-strong -fstack-clash-protection
        -fcf-protection -mbranch-protection=standard)
    string(MAKE_C_IDENTIFIER "has${flag}" has)
    check_c_compiler_flag(${flag} ${has})
    if(${has})
        list(APPEND hardening_options ${flag})
    endif()
endforeach()

# No path of the machine that builds: __FILE__ in assertions, and debug facts.
list(APPEND hardening_options -fPIE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3
    -ffile-prefix-map=${PROJECT_BINARY_DIR}=build
    -ffile-prefix-map=${PROJECT_SOURCE_DIR}=.)

foreach(target brx broxc)
    target_compile_options(${target} PRIVATE
        "$<$<CONFIG:Release>:${hardening_options}>")
endforeach()
target_link_options(broxc PRIVATE
    "$<$<CONFIG:Release>:-Wl,-z,relro,-z,now,-z,noexecstack>")
if(NOT BROXC_STATIC)
    target_link_options(broxc PRIVATE "$<$<CONFIG:Release>:-pie>")
endif()
