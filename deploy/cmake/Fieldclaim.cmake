# One folder, one library, declared dependencies (ARCHITECTURE.md, "Layering").

find_program(FIELDCLAIM_CCACHE ccache)
if(FIELDCLAIM_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${FIELDCLAIM_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${FIELDCLAIM_CCACHE}")
endif()
find_program(FIELDCLAIM_LLD ld.lld)
if(FIELDCLAIM_LLD)
  add_link_options(-fuse-ld=lld)
endif()

if(FIELDCLAIM_SANITIZE)
  add_compile_options(-fsanitize=${FIELDCLAIM_SANITIZE} -fno-omit-frame-pointer)
  if(FIELDCLAIM_SANITIZE MATCHES "undefined")
    add_compile_options(-fno-sanitize-recover=undefined)
  endif()
  add_link_options(-fsanitize=${FIELDCLAIM_SANITIZE})
endif()

# With optimisation or a sanitizer g++ 12 warns falsely inside the standard library (GCC bugs 105329, 105562, 105651): those
# five are off there, and on in the dev preset.
set(FIELDCLAIM_FALSE_ALARMS -Wno-restrict -Wno-maybe-uninitialized -Wno-stringop-overread -Wno-stringop-overflow
  -Wno-array-bounds)
if(FIELDCLAIM_SANITIZE MATCHES "thread")
  # Boost.Asio uses a fence that the thread sanitizer does not follow.
  list(APPEND FIELDCLAIM_FALSE_ALARMS -Wno-tsan)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
  set(FIELDCLAIM_FALSE_ALARMS "")
endif()
# A comma in the sanitizers' names would end the generator expression.
set(sanitized 0)
if(FIELDCLAIM_SANITIZE)
  set(sanitized 1)
endif()
add_library(fieldclaim_warnings INTERFACE)
target_compile_options(fieldclaim_warnings INTERFACE
  $<$<COMPILE_LANGUAGE:CXX>:-Wall -Wextra -Wconversion -Wshadow>
  # GCC's warnings are the rule; clang, which builds for libFuzzer alone, counts sign conversions among them.
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<NOT:$<BOOL:${FIELDCLAIM_FUZZER}>>>:-Werror>
  $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<OR:$<CONFIG:Release>,${sanitized}>>:${FIELDCLAIM_FALSE_ALARMS}>)

include(Embed)

set_property(GLOBAL PROPERTY FIELDCLAIM_LAYERS "")

# fieldclaim_library(<folder> SOURCES … [DEPS <folder> …] [LINK <external target> …])
# The folder (shared/base) names the library; the target is fieldclaim_shared_base.
# DEPS are the only project folders that the folder's files may include from.
function(fieldclaim_target_name folder result)
  string(REPLACE "/" "_" name "fieldclaim_${folder}")
  string(REPLACE "-" "_" name "${name}")
  set(${result} "${name}" PARENT_SCOPE)
endfunction()

function(_fieldclaim_declare folder)
  set_property(GLOBAL APPEND PROPERTY FIELDCLAIM_LAYERS "${folder}")
  set_property(GLOBAL PROPERTY "FIELDCLAIM_DEPS_${folder}" "${ARGN}")
endfunction()

function(_fieldclaim_link target)
  cmake_parse_arguments(arg "" "SCOPE" "DEPS;LINK" ${ARGN})
  foreach(dep IN LISTS arg_DEPS)
    fieldclaim_target_name("${dep}" dep_target)
    target_link_libraries(${target} ${arg_SCOPE} ${dep_target})
  endforeach()
  target_link_libraries(${target} ${arg_SCOPE} ${arg_LINK})
endfunction()

function(fieldclaim_library folder)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;LINK" ${ARGN})
  fieldclaim_target_name("${folder}" target)
  add_library(${target} STATIC ${arg_SOURCES})
  target_include_directories(${target} PUBLIC "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${target} PRIVATE fieldclaim_warnings)
  _fieldclaim_link(${target} SCOPE PUBLIC DEPS ${arg_DEPS} LINK ${arg_LINK})
  _fieldclaim_declare("${folder}" ${arg_DEPS})
endfunction()

# fieldclaim_program(<name> FOLDER <folder> SOURCES … [DEPS …] [LINK …]): the folder is the program's own.
function(fieldclaim_program name)
  cmake_parse_arguments(arg "" "FOLDER" "SOURCES;DEPS;LINK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE fieldclaim_warnings)
  _fieldclaim_link(${name} SCOPE PRIVATE DEPS ${arg_DEPS} LINK ${arg_LINK})
  if(arg_FOLDER)
    _fieldclaim_declare("${arg_FOLDER}" ${arg_DEPS})
  endif()
endfunction()

# fieldclaim_test(<tst_name> SOURCES … [DEPS …] [LINK …]): a Qt Test program, run by ctest offscreen.
function(fieldclaim_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPS;LINK" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES AUTOMOC ON)
  target_include_directories(${name} PRIVATE "${CMAKE_SOURCE_DIR}")
  target_link_libraries(${name} PRIVATE fieldclaim_warnings Qt6::Test)
  target_compile_definitions(${name} PRIVATE
    FIELDCLAIM_SOURCE_DIR="${CMAKE_SOURCE_DIR}" FIELDCLAIM_BINARY_DIR="${CMAKE_BINARY_DIR}")
  _fieldclaim_link(${name} SCOPE PRIVATE DEPS ${arg_DEPS} LINK ${arg_LINK})
  add_test(NAME ${name} COMMAND ${name})
  set_tests_properties(${name} PROPERTIES
    TIMEOUT 300 ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endfunction()

# Writes what each folder declared, for the layering check of the test run.
function(fieldclaim_write_layers)
  get_property(layers GLOBAL PROPERTY FIELDCLAIM_LAYERS)
  set(text "")
  foreach(folder IN LISTS layers)
    get_property(deps GLOBAL PROPERTY "FIELDCLAIM_DEPS_${folder}")
    string(REPLACE ";" " " deps "${deps}")
    string(APPEND text "${folder}: ${deps}\n")
  endforeach()
  file(WRITE "${CMAKE_BINARY_DIR}/layers.txt" "${text}")
endfunction()
