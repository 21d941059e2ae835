# What `cmake --install` lays out, in two components: the command with its
# documents, and for who builds upon the compiler the library with its header
# and brx.pc.
string(JOIN " " broxc_requires ${broxc_packages})
file(RELATIVE_PATH broxc_pc_up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(${PROJECT_SOURCE_DIR}/cmake/brx.pc.in
    ${PROJECT_BINARY_DIR}/brx.pc @ONLY)

install(TARGETS broxc COMPONENT command)
install(TARGETS brx COMPONENT library)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/include/ TYPE INCLUDE
    COMPONENT library FILES_MATCHING PATTERN "*.h")
install(FILES ${PROJECT_BINARY_DIR}/brx.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT library)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs/ TYPE DOC COMPONENT command)
install(DIRECTORY ${PROJECT_SOURCE_DIR}/examples
    DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT command)
install(FILES ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/LICENSE
    ${PROJECT_SOURCE_DIR}/CHANGELOG.md TYPE DOC COMPONENT command)

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
    install(FILES ${file} DESTINATION ${folder} COMPONENT command)
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
