# A command that stands alone, and is small: one download. What runs once in a
# build is compiled for size, what runs for every line stays fast.
target_link_options(broxc PRIVATE -static -Wl,--gc-sections
    -Wl,-z,noseparate-code)

# What a library would need for what it is never asked to do stays out; called
# without, these abort. PCRE2 compiles no pattern to machine code: 0.24 MB.
# libidn2 gets UTF-8 and converts from no locale, and no thread is cancelled,
# for which the stack would be unwound: 0.04 MB.
foreach(unused
        _pcre2_jit_check_exec_8 _pcre2_jit_free_8 pcre2_jit_match_8
        locale_charset u8_strconv_from_encoding u8_strconv_to_encoding
        _Unwind_Backtrace _Unwind_ForcedUnwind _Unwind_GetCFA _Unwind_GetIP
        _Unwind_Resume __gcc_personality_v0)
    target_link_options(broxc PRIVATE -Wl,--defsym=${unused}=abort)
endforeach()

# A crash is looked at with the release, not with this command.
foreach(target brx broxc)
    target_compile_options(${target} PRIVATE -ffunction-sections
        -fdata-sections -fno-asynchronous-unwind-tables)
endforeach()
set(fast_sources ${library_sources})
list(FILTER fast_sources INCLUDE REGEX
    "/compiler/(base|emit/text|emit/kubernetes|lexer|parser)/|/ir/(ir|location|measure|quantity|value)[.]|/tree/(clash|lock|path|word)[.]|/resolve/(fold|layers|node|ports|reading|runs|typing|workloads)[.]")
list(FILTER fast_sources EXCLUDE REGEX
    "/base/(descriptor|embedded|gate|helper|json|pages|pattern|tasks|trace)[.]|/text/zone[.]|/kubernetes/(certificates|gateway|jobs|manifests|monitors|patches|previews|quota|raw|release|rollout|stateful|volumes)[.]")
set(small_sources ${library_sources} ${command_sources})
list(REMOVE_ITEM small_sources ${fast_sources})
set_source_files_properties(${small_sources} PROPERTIES COMPILE_OPTIONS -Os)
