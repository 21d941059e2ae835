# A command that stands alone, and is small: one download. What runs once in a
# build is compiled for size, what runs for every line stays fast.
target_link_options(broxc PRIVATE -static -Wl,--gc-sections
    -Wl,-z,noseparate-code)

# No pattern is compiled to machine code, so PCRE2's compiler for it stays out:
# 0.24 MB. These three would run such code; called without any, they abort.
foreach(unused _pcre2_jit_check_exec_8 _pcre2_jit_free_8 pcre2_jit_match_8)
    target_link_options(broxc PRIVATE -Wl,--defsym=${unused}=abort)
endforeach()

# A crash is looked at with the release, not with this command.
foreach(target brx broxc)
    target_compile_options(${target} PRIVATE -ffunction-sections
        -fdata-sections -fno-asynchronous-unwind-tables)
endforeach()
set(small_sources ${library_sources} ${command_sources})
list(FILTER small_sources EXCLUDE REGEX
    "/compiler/(base|emit/text|lexer|parser)/")
set_source_files_properties(${small_sources} PROPERTIES COMPILE_OPTIONS -Os)
