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
