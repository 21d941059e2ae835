# What `cmake --install` lays out: the command, the library with its header and
# brx.pc, the documents.
string(JOIN " " broxc_requires ${broxc_packages})
configure_file(${PROJECT_SOURCE_DIR}/cmake/brx.pc.in
    ${PROJECT_BINARY_DIR}/brx.pc @ONLY)

install(TARGETS brx broxc)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ TYPE INCLUDE
    FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/brx.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ TYPE DOC)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples
    DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/LICENSE
    ${PROJECT_SOURCE_DIR}/CHANGELOG.md TYPE DOC)

# What is made from the command's tables: the manual page, and completion.
function(install_said name folder)
    set(file ${PROJECT_BINARY_DIR}/said/${name})
    string(JOIN " " said ${ARGN})
    add_custom_command(
        OUTPUT ${file}
        COMMAND ${CMAKE_COMMAND} -E make_directory ${PROJECT_BINARY_DIR}/said
        COMMAND sh -c "\"$0\" ${said} >\"$1\"" $<TARGET_FILE:broxc> ${file}
        DEPENDS broxc
        VERBATIM)
    install(FILES ${file} DESTINATION ${folder})
    set_property(GLOBAL APPEND PROPERTY broxc_said ${file})
endfunction()
install_said(broxc.1 ${CMAKE_INSTALL_MANDIR}/man1 manual)
install_said(broxc ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
    completion bash)
install_said(_broxc ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions
    completion zsh)
install_said(broxc.fish ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d
    completion fish)
get_property(broxc_said GLOBAL PROPERTY broxc_said)
add_custom_target(said ALL DEPENDS ${broxc_said})

# `cpack` in the build folder makes the packages; in build/static they hold a
# command that stands alone.
set(CPACK_PACKAGE_NAME broxc)
set(CPACK_PACKAGE_VENDOR broxc)
set(CPACK_PACKAGE_CONTACT "The authors of broxc <broxc@example.invalid>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY
    "compiles one program into manifests, zones and pipelines")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_STRIP_FILES ON)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_DEB_COMPONENT_INSTALL OFF)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
if(NOT BROXC_STATIC)
    set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
include(CPack)
