# `cpack` in the build folder makes the packages: broxc and libbrx-dev for
# Debian, and an archive of both. In build/static they hold a command that
# stands alone.
set(CPACK_PACKAGE_NAME broxc)
set(CPACK_PACKAGE_VENDOR broxc)
set(CPACK_PACKAGE_CONTACT "The authors of broxc <broxc@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
    "compiles one program into manifests, zones and pipelines")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB TGZ)
string(TOLOWER ${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR} broxc_platform)
set(CPACK_PACKAGE_FILE_NAME broxc-${PROJECT_VERSION}-${broxc_platform})

# Debian looks for the licence under this name.
install(FILES ${PROJECT_SOURCE_DIR}/cmake/copyright TYPE DOC COMPONENT command)
install(FILES ${PROJECT_SOURCE_DIR}/cmake/copyright
    DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/libbrx-dev COMPONENT library)

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_ALL command library)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMMAND_PACKAGE_NAME broxc)
set(CPACK_DEBIAN_COMMAND_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_COMMAND_DESCRIPTION
"A program says once what tells environments apart: hosts, sizes, branches,
secrets, approvals. broxc writes every file that repeats those facts, and a
build that succeeds proves that all of them agree.")
set(CPACK_DEBIAN_LIBRARY_PACKAGE_NAME libbrx-dev)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_LIBRARY_PACKAGE_DEPENDS
    "libdeflate-dev, libidn2-dev, libpcre2-dev, libyaml-dev")
set(CPACK_DEBIAN_LIBRARY_DESCRIPTION
"The compiler as a static library, with its header and brx.pc: source in,
messages and documents out.")
if(NOT BROXC_STATIC)
    set(CPACK_DEBIAN_COMMAND_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)
