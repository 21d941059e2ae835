# What others wrote, found by pkg-config. Each is included by one .c file.
find_package(PkgConfig REQUIRED)

# The libraries that libbrx stands on. A user of libbrx.a links them too, so
# the same list goes into brx.pc.
set(broxc_packages libpcre2-8 libidn2 yaml-0.1 libdeflate)

set(broxc_libraries)
foreach(package IN LISTS broxc_packages)
    pkg_check_modules(${package} REQUIRED IMPORTED_TARGET ${package})
    if(BROXC_STATIC)
        # pkg-config --static, so that what a library needs comes after it.
        list(APPEND broxc_libraries ${${package}_STATIC_LDFLAGS})
    else()
        list(APPEND broxc_libraries PkgConfig::${package})
    endif()
endforeach()

# Only its header is used: XXH_INLINE_ALL.
pkg_check_modules(libxxhash REQUIRED libxxhash)
